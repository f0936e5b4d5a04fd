//! Where facts are known from, and under what licence they are quoted.

use super::fact::Source;

pub const ACLED: Source = Source {
    title: "Source: ACLED, acleddata.com; yearly aggregates of the country and its zones",
    licence: "ACLED terms of use, aggregates with attribution",
};
pub const ACLED_BEYOND_2021: Source = Source {
    title: "Source: ACLED, acleddata.com; aggregates of years that reach past 2021",
    licence: "ACLED terms of use, aggregates with attribution",
};
pub const DISPLACEMENT: Source = Source {
    title: "IOM Displacement Tracking Matrix and UNHCR, yearly stocks",
    licence: "figures quoted with their source",
};
pub const DISPLACEMENT_AND_DEATHS: Source = Source {
    title: "IOM DTM and UNHCR; ACLED, acleddata.com: aggregates",
    licence: "figures quoted with their source; ACLED terms of use",
};
pub const SCHOOLS: Source = Source {
    title: "OCHA and UNICEF, through the press",
    licence: "figures quoted with their source",
};
pub const OFFICIALS: Source = Source {
    title: "Reports of the UN Secretary-General on Mali, through the press",
    licence: "figures quoted with their source",
};
pub const SURVEY: Source = Source {
    title: "UNDP, Journey to Extremism in Africa, 2017 and 2023; ISS 2016",
    licence: "shares quoted with their source",
};
pub const PACTS: Source = Source {
    title: "Eleven local pacts of 2018 to 2025 in the press; ACLED aggregates for Koro and Niono",
    licence: "figures quoted with their source; ACLED terms of use",
};
pub const ARMY: Source = Source {
    title: "Strengths of the army in the press; ACLED, acleddata.com: yearly deaths",
    licence: "figures quoted with their source; ACLED terms of use",
};
pub const DIALOGUES: Source = Source {
    title: "National conferences of 2017, 2019 and 2024 in the press; ACLED aggregates",
    licence: "figures quoted with their source; ACLED terms of use",
};
pub const OPINION: Source = Source {
    title: "Mali-Mètre and Afrobarometer after 2020; ACLED aggregates",
    licence: "shares quoted with their source; ACLED terms of use",
};
pub const ACCORD: Source = Source {
    title: "The Carter Center, Independent Observer of the accord of 2015: 20 of 78 clauses by 2018",
    licence: "figures quoted with their source",
};
