//! Properties of worlds and files made at random: each is tried on a few cases in the quick suite and, from
//! the same lines, on many in the long one.

use proptest::test_runner::Config;

pub fn cases(cases: u32) -> Config {
    Config { cases, failure_persistence: None, ..Config::default() }
}

/// `properties! { 3 or 96 cases: fn …(… in …) { … } }`
macro_rules! properties {
    ($few:literal or $many:literal cases: $(fn $name:ident($($case:pat in $from:expr),+ $(,)?) $holds:block)+) => {
        mod a_few_cases {
            use super::*;
            proptest! {
                #![proptest_config(crate::properties::cases($few))]
                $(#[test] fn $name($($case in $from),+) $holds)+
            }
        }
        mod many_cases {
            use super::*;
            proptest! {
                #![proptest_config(crate::properties::cases($many))]
                $(#[test] #[ignore = "long: many cases"] fn $name($($case in $from),+) $holds)+
            }
        }
    };
}
pub(crate) use properties;
