//! The language of conditions: `when = "legitimacy < 0.3 and recruits_again > 50 or not coup"`.
//!
//! Numbers and named outcomes, `+ - * /`, the comparisons `< <= > >= == !=`, then `not`, `and`,
//! `or`, in this order of binding, and parentheses. A name alone is a condition that holds unless
//! the outcome is 0. A comparison with a value that is not a number does not hold.

use super::renamed;
use super::suggest::{list, nearest, quoted};
use std::ops::Range;

/// Nothing a person writes is longer or deeper.
const LONGEST: usize = 2000;
const DEEPEST: usize = 50;

/// A condition, ready to be asked every week.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// In the order of working out: operands before what is done with them.
    steps: Vec<Operation>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Operation {
    Number(f64),
    /// The outcome at this place of the list of names.
    Outcome(usize),
    Negate,
    Not,
    Apply(Operator),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Less,
    AtMost,
    More,
    AtLeast,
    Equal,
    Unequal,
    And,
    Or,
}

/// Why a text is no condition, and which bytes of it are to blame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoCondition {
    /// Bytes of the text that are wrong.
    pub span: Range<usize>,
    /// What is wrong.
    pub title: String,
    /// What would do.
    pub help: String,
}

impl Condition {
    /// Reads a condition on the outcomes named.
    ///
    /// # Errors
    /// When the text is no condition, or speaks of an outcome that is not named.
    pub fn parse(text: &str, names: &[&str]) -> Result<Self, NoCondition> {
        if text.len() > LONGEST {
            let title = format!("a condition of more than {LONGEST} letters");
            return Err(NoCondition { span: 0..text.len(), title, help: String::new() });
        }
        let words = words(text)?;
        let mut reader =
            Reader { words: &words, at: 0, end: text.len(), names, steps: Vec::new(), depth: 0 };
        let whole = reader.either()?;
        if let Some(word) = reader.peek() {
            let (span, found) = (word.span.clone(), &text[word.span.clone()]);
            return Err(reader.unexpected(span, found));
        }
        reader.must_be_condition(&whole)?;
        Ok(Condition { steps: reader.steps })
    }

    /// Whether it holds, given the value of each outcome in the order of the names.
    #[must_use]
    pub fn holds(&self, outcomes: &[f64]) -> bool {
        let mut stack: Vec<f64> = Vec::with_capacity(8);
        for step in &self.steps {
            let value = match step {
                Operation::Number(number) => *number,
                Operation::Outcome(index) => outcomes.get(*index).copied().unwrap_or(f64::NAN),
                Operation::Negate => -stack.pop().unwrap_or(f64::NAN),
                Operation::Not => number_of(!is_true(stack.pop().unwrap_or(0.0))),
                Operation::Apply(operator) => {
                    let right = stack.pop().unwrap_or(f64::NAN);
                    let left = stack.pop().unwrap_or(f64::NAN);
                    operator.apply(left, right)
                }
            };
            stack.push(value);
        }
        stack.pop().is_some_and(is_true)
    }

    /// The outcomes it asks for, as places in the list of names.
    pub fn outcomes(&self) -> impl Iterator<Item = usize> {
        self.steps.iter().filter_map(|step| match step {
            Operation::Outcome(index) => Some(*index),
            _ => None,
        })
    }
}

fn is_true(number: f64) -> bool {
    number != 0.0 && !number.is_nan()
}

fn number_of(condition: bool) -> f64 {
    f64::from(u8::from(condition))
}

impl Operator {
    fn apply(self, left: f64, right: f64) -> f64 {
        let comparable = !left.is_nan() && !right.is_nan();
        match self {
            Operator::Add => left + right,
            Operator::Subtract => left - right,
            Operator::Multiply => left * right,
            Operator::Divide => left / right,
            Operator::Less => number_of(left < right),
            Operator::AtMost => number_of(left <= right),
            Operator::More => number_of(left > right),
            Operator::AtLeast => number_of(left >= right),
            Operator::Equal => number_of(left == right),
            Operator::Unequal => number_of(comparable && left != right),
            Operator::And => number_of(is_true(left) && is_true(right)),
            Operator::Or => number_of(is_true(left) || is_true(right)),
        }
    }

    fn compares(self) -> bool {
        use Operator::{AtLeast, AtMost, Equal, Less, More, Unequal};
        matches!(self, Less | AtMost | More | AtLeast | Equal | Unequal)
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Word<'t> {
    span: Range<usize>,
    token: Token<'t>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Token<'t> {
    Number(f64),
    Name(&'t str),
    Operator(Operator),
    Not,
    Open,
    Close,
}

fn words(text: &str) -> Result<Vec<Word<'_>>, NoCondition> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let rest = &text[at..];
        let (token, length) = if first.is_ascii_digit() || first == '.' {
            number(rest).map_err(|length| NoCondition {
                span: at..at + length,
                title: format!("{} is not a number", quoted(&rest[..length])),
                help: "write numbers as 0.3 or 50".to_owned(),
            })?
        } else if first.is_alphabetic() || first == '_' {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            (named(&rest[..end]), end)
        } else {
            sign(rest).ok_or_else(|| no_sign(rest, at))?
        };
        found.push(Word { span: at..at + length, token });
        at += length;
    }
    Ok(found)
}

/// A number at the start of the text and its length; else the length of what looks like one.
fn number(text: &str) -> Result<(Token<'_>, usize), usize> {
    let mut length = 0;
    for (at, c) in text.char_indices() {
        let exponent_sign = (c == '-' || c == '+')
            && text[..at].ends_with(['e', 'E'])
            && text[at + 1..].starts_with(|next: char| next.is_ascii_digit());
        if !(c.is_alphanumeric() || c == '.' || c == '_' || exponent_sign) {
            break;
        }
        length = at + c.len_utf8();
    }
    let number = text[..length].parse().ok().filter(|number: &f64| number.is_finite());
    number.map(|number| (Token::Number(number), length)).ok_or(length)
}

fn named(word: &str) -> Token<'_> {
    match word {
        "and" => Token::Operator(Operator::And),
        "or" => Token::Operator(Operator::Or),
        "not" => Token::Not,
        name => Token::Name(name),
    }
}

fn sign(text: &str) -> Option<(Token<'_>, usize)> {
    const SIGNS: [(&str, Token); 12] = [
        ("<=", Token::Operator(Operator::AtMost)),
        (">=", Token::Operator(Operator::AtLeast)),
        ("==", Token::Operator(Operator::Equal)),
        ("!=", Token::Operator(Operator::Unequal)),
        ("<", Token::Operator(Operator::Less)),
        (">", Token::Operator(Operator::More)),
        ("+", Token::Operator(Operator::Add)),
        ("-", Token::Operator(Operator::Subtract)),
        ("*", Token::Operator(Operator::Multiply)),
        ("/", Token::Operator(Operator::Divide)),
        ("(", Token::Open),
        (")", Token::Close),
    ];
    let found = SIGNS.iter().find(|(sign, _)| text.starts_with(sign));
    found.map(|(sign, token)| (*token, sign.len()))
}

fn no_sign(rest: &str, at: usize) -> NoCondition {
    const OTHERS: [(&str, &str); 9] = [
        ("&&", "write and"),
        ("||", "write or"),
        ("&", "write and"),
        ("|", "write or"),
        ("=", "to compare, write =="),
        ("!", "write not"),
        ("≤", "write <="),
        ("≥", "write >="),
        ("%", "write 30 % as 0.3"),
    ];
    let known = OTHERS.iter().find(|(sign, _)| rest.starts_with(sign));
    let first = rest.chars().next().map_or(0, char::len_utf8);
    let (length, help) = known.map_or((first, ""), |(sign, help)| (sign.len(), help));
    NoCondition {
        span: at..at + length,
        title: format!("a condition has no sign {}", quoted(&rest[..length])),
        help: help.to_owned(),
    }
}

/// What has been read: where it stands, and whether it is a number or a condition.
struct Part {
    span: Range<usize>,
    is: Is,
}

#[derive(Clone, Copy, PartialEq)]
enum Is {
    Number,
    Condition,
    /// A name alone may be either.
    Outcome,
}

struct Reader<'w, 't> {
    words: &'w [Word<'t>],
    at: usize,
    end: usize,
    names: &'w [&'w str],
    steps: Vec<Operation>,
    depth: usize,
}

impl<'w, 't> Reader<'w, 't> {
    fn peek(&self) -> Option<&'w Word<'t>> {
        self.words.get(self.at)
    }

    fn take_operator(&mut self, wanted: impl Fn(Operator) -> bool) -> Option<Operator> {
        match self.peek()?.token {
            Token::Operator(operator) if wanted(operator) => {
                self.at += 1;
                Some(operator)
            }
            _ => None,
        }
    }

    fn either(&mut self) -> Result<Part, NoCondition> {
        let mut left = self.both()?;
        while self.take_operator(|operator| operator == Operator::Or).is_some() {
            let right = self.both()?;
            left = self.join(&left, &right, Operator::Or)?;
        }
        Ok(left)
    }

    fn both(&mut self) -> Result<Part, NoCondition> {
        let mut left = self.negation()?;
        while self.take_operator(|operator| operator == Operator::And).is_some() {
            let right = self.negation()?;
            left = self.join(&left, &right, Operator::And)?;
        }
        Ok(left)
    }

    fn negation(&mut self) -> Result<Part, NoCondition> {
        let Some(Word { span, token: Token::Not }) = self.peek() else { return self.comparison() };
        self.at += 1;
        let part = self.deeper(span, Self::negation)?;
        self.must_be_condition(&part)?;
        self.steps.push(Operation::Not);
        Ok(Part { span: span.start..part.span.end, is: Is::Condition })
    }

    fn comparison(&mut self) -> Result<Part, NoCondition> {
        let left = self.sum()?;
        let Some(operator) = self.take_operator(Operator::compares) else { return Ok(left) };
        let right = self.sum()?;
        let joined = self.join(&left, &right, operator)?;
        if let Some(word) = self.peek()
            && matches!(word.token, Token::Operator(next) if next.compares())
        {
            return Err(NoCondition {
                span: word.span.clone(),
                title: "a comparison has two sides".to_owned(),
                help: "write 0.3 < x and x < 0.5".to_owned(),
            });
        }
        Ok(joined)
    }

    fn sum(&mut self) -> Result<Part, NoCondition> {
        let mut left = self.product()?;
        while let Some(operator) =
            self.take_operator(|operator| matches!(operator, Operator::Add | Operator::Subtract))
        {
            let right = self.product()?;
            left = self.join(&left, &right, operator)?;
        }
        Ok(left)
    }

    fn product(&mut self) -> Result<Part, NoCondition> {
        let mut left = self.single()?;
        while let Some(operator) =
            self.take_operator(|operator| matches!(operator, Operator::Multiply | Operator::Divide))
        {
            let right = self.single()?;
            left = self.join(&left, &right, operator)?;
        }
        Ok(left)
    }

    fn single(&mut self) -> Result<Part, NoCondition> {
        let Some(word) = self.peek() else {
            return Err(NoCondition {
                span: self.end..self.end,
                title: "the condition ends too early".to_owned(),
                help: "an outcome or a number is expected, as in legitimacy < 0.3".to_owned(),
            });
        };
        self.at += 1;
        let span = word.span.clone();
        match word.token {
            Token::Number(number) => {
                self.steps.push(Operation::Number(number));
                Ok(Part { span, is: Is::Number })
            }
            Token::Name(name) => {
                self.steps.push(Operation::Outcome(self.place_of(name, &span)?));
                Ok(Part { span, is: Is::Outcome })
            }
            Token::Operator(Operator::Subtract) => {
                let part = self.deeper(&span, Self::single)?;
                self.must_be_number(&part)?;
                self.steps.push(Operation::Negate);
                Ok(Part { span: span.start..part.span.end, is: Is::Number })
            }
            Token::Open => {
                let part = self.deeper(&span, Self::either)?;
                let Some(Word { span: close, token: Token::Close }) = self.peek() else {
                    return Err(NoCondition {
                        span,
                        title: "a parenthesis is never closed".to_owned(),
                        help: "add a )".to_owned(),
                    });
                };
                self.at += 1;
                Ok(Part { span: span.start..close.end, is: part.is })
            }
            Token::Not => Err(NoCondition {
                span,
                title: "`not` stands before a whole condition".to_owned(),
                help: "write not (a < b), or not coup".to_owned(),
            }),
            Token::Close | Token::Operator(_) => Err(self.unexpected(span, "")),
        }
    }

    fn place_of(&self, name: &str, span: &Range<usize>) -> Result<usize, NoCondition> {
        self.names.iter().position(|known| *known == name).ok_or_else(|| NoCondition {
            span: span.clone(),
            title: format!("unknown outcome {}", quoted(name)),
            help: match nearest(name, self.names.iter().copied()) {
                _ if let Some(renamed) = renamed::outcome(name) => renamed::help(renamed),
                Some(meant) => format!("did you mean `{meant}`?"),
                None if self.names.len() > 12 => {
                    "a condition asks for outcomes as series.csv names them: toguna columns"
                        .to_owned()
                }
                None => format!("a condition may ask for {}", list(self.names.iter().copied())),
            },
        })
    }

    fn deeper(
        &mut self,
        span: &Range<usize>,
        read: impl Fn(&mut Self) -> Result<Part, NoCondition>,
    ) -> Result<Part, NoCondition> {
        self.depth += 1;
        if self.depth > DEEPEST {
            let title = "a condition nested too deeply".to_owned();
            return Err(NoCondition { span: span.clone(), title, help: String::new() });
        }
        let part = read(self);
        self.depth -= 1;
        part
    }

    fn join(&mut self, left: &Part, right: &Part, operator: Operator) -> Result<Part, NoCondition> {
        let connects = matches!(operator, Operator::And | Operator::Or);
        for part in [left, right] {
            if connects {
                self.must_be_condition(part)?;
            } else {
                self.must_be_number(part)?;
            }
        }
        self.steps.push(Operation::Apply(operator));
        let is = if connects || operator.compares() { Is::Condition } else { Is::Number };
        Ok(Part { span: left.span.start..right.span.end, is })
    }

    fn must_be_condition(&self, part: &Part) -> Result<(), NoCondition> {
        if part.is != Is::Number {
            return Ok(());
        }
        Err(NoCondition {
            span: part.span.clone(),
            title: "a number where a condition is expected".to_owned(),
            help: "compare it with something, as in legitimacy < 0.3".to_owned(),
        })
    }

    fn must_be_number(&self, part: &Part) -> Result<(), NoCondition> {
        if part.is != Is::Condition {
            return Ok(());
        }
        Err(NoCondition {
            span: part.span.clone(),
            title: "a condition where a number is expected".to_owned(),
            help: "join conditions by and, or, not".to_owned(),
        })
    }

    fn unexpected(&self, span: Range<usize>, found: &str) -> NoCondition {
        let title = match found {
            "" => "an outcome or a number is expected here".to_owned(),
            _ => format!("the condition should have ended before {}", quoted(found)),
        };
        let help = match found {
            "" => "for example legitimacy < 0.3",
            ")" => "there is no ( for this )",
            _ => "join conditions by and, or",
        };
        NoCondition { span, title, help: help.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NAMES: [&str; 3] = ["legitimacy", "recruits_again", "coup"];

    fn holds(text: &str, outcomes: [f64; 3]) -> bool {
        Condition::parse(text, &NAMES)
            .unwrap_or_else(|error| panic!("{text}: {error:?}"))
            .holds(&outcomes)
    }

    fn refused(text: &str) -> (String, String, String) {
        let error = Condition::parse(text, &NAMES).unwrap_err();
        (text[error.span.clone()].to_owned(), error.title, error.help)
    }

    #[test]
    fn conditions_bind_as_they_are_read_aloud() {
        let text = "legitimacy < 0.3 and recruits_again > 50 or not coup";
        assert!(holds(text, [0.2, 60.0, 1.0]));
        assert!(holds(text, [0.9, 0.0, 0.0]));
        assert!(!holds(text, [0.2, 40.0, 1.0]));
        assert!(holds("not coup and legitimacy >= 0.5", [0.5, 0.0, 0.0]));
        assert!(!holds("not (coup or legitimacy >= 0.5)", [0.5, 0.0, 0.0]));
        assert!(holds("coup", [0.0, 0.0, 1.0]));
        assert!(holds("not not coup", [0.0, 0.0, 1.0]));
        assert!(holds("1 - 2 - 3 == -4 and 2 + 3 * 4 == 14 and -2 * -3 == 6", [0.0; 3]));
        assert!(holds("8 / 4 / 2 == 1 and (1 + 1) * 2 != 5 and 1e-3 < 2.5E2", [0.0; 3]));
    }

    #[test]
    fn what_is_not_a_number_fulfils_no_comparison() {
        for text in ["legitimacy < 1", "legitimacy >= 0", "legitimacy != 0", "legitimacy"] {
            assert!(!holds(text, [f64::NAN, 0.0, 0.0]), "{text}");
        }
        assert!(!holds("0 / 0 == 0 / 0", [0.0; 3]));
    }

    #[test]
    fn an_unknown_outcome_brings_the_nearest_to_mind() {
        let (text, title, help) = refused("legitimasy < 0.3");
        assert_eq!((text.as_str(), title.as_str()), ("legitimasy", "unknown outcome `legitimasy`"));
        assert_eq!(help, "did you mean `legitimacy`?");
        assert!(refused("harvest > 1").2.contains("may ask for `legitimacy`, `recruits_again` or"));
    }

    #[test]
    fn each_slip_is_underlined_and_mended() {
        let slips = [
            ("legitimacy = 0.3", "=", "to compare, write =="),
            ("coup && coup", "&&", "write and"),
            ("!coup", "!", "write not"),
            ("0.1 < legitimacy < 0.3", "<", "write 0.3 < x and x < 0.5"),
            ("(coup", "(", "add a )"),
            ("coup)", ")", "there is no ( for this )"),
            ("legitimacy <", "", "an outcome or a number is expected, as in legitimacy < 0.3"),
            ("", "", "an outcome or a number is expected, as in legitimacy < 0.3"),
            ("< 3", "<", "for example legitimacy < 0.3"),
            ("1.2.3 < coup", "1.2.3", "write numbers as 0.3 or 50"),
            ("1e999 < coup", "1e999", "write numbers as 0.3 or 50"),
            (
                "legitimacy + 1",
                "legitimacy + 1",
                "compare it with something, as in legitimacy < 0.3",
            ),
            ("(coup < 1) + 1 < 2", "(coup < 1)", "join conditions by and, or, not"),
            ("coup legitimacy", "legitimacy", "join conditions by and, or"),
            ("coup < not coup", "not", "write not (a < b), or not coup"),
            ("legitimacy < 30%", "%", "write 30 % as 0.3"),
        ];
        for (text, underlined, help) in slips {
            let (found, title, mended) = refused(text);
            println!("{text}: {title}; {mended}");
            assert_eq!((found.as_str(), mended.as_str()), (underlined, help), "{text}");
        }
    }

    #[test]
    fn hostile_nesting_is_refused_without_harm() {
        assert!(refused(&"(".repeat(1000)).1.contains("nested too deeply"));
        assert!(refused(&"not ".repeat(400)).1.contains("nested too deeply"));
        assert!(refused(&"-".repeat(1900)).1.contains("nested too deeply"));
        assert!(refused(&"(".repeat(1_000_000)).1.contains("more than"));
        assert!(holds(&format!("1{} == 900", " + 1".repeat(480)).replace("900", "481"), [0.0; 3]));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            let _ = Condition::parse(&text, &NAMES).map(|condition| condition.holds(&[0.1, 2.0, 1.0]));
        }

        #[test]
        fn no_order_of_words_makes_it_panic(
            words in prop::collection::vec(
                prop::sample::select(vec![
                    "legitimacy", "coup", "and", "or", "not", "<", ">=", "==", "!=", "+", "-", "*",
                    "/", "(", ")", "0.3", "1e5", "é", ".", "harvest",
                ]),
                0..30,
            ),
            gap in prop::sample::select(vec!["", " "]),
        ) {
            let text = words.join(gap);
            match Condition::parse(&text, &NAMES) {
                Ok(condition) => {
                    let _ = condition.holds(&[f64::NAN, f64::INFINITY, 0.0]);
                }
                Err(error) => prop_assert!(text.get(error.span).is_some()),
            }
        }
    }
}
