//! How a failure is told: to people on standard error, to programs on standard output.

use super::failure::Failure;
use super::standard_output;
use serde_json::json;
use std::error::Error;
use toguna_scenario::problems::Problems;
use toguna_units::narrow;

impl Failure {
    /// Prints what the reader of the command line has to say: help on standard output, or what is wrong
    /// on standard error.
    ///
    /// # Errors
    /// When it is wrong, or help cannot be printed.
    pub fn of_usage(told: &clap::Error) -> Result<(), Failure> {
        if told.use_stderr() {
            // There is nobody left to tell when that fails.
            let _ = told.print();
            return Err(Failure::Told { exit_code: narrow(told.exit_code()) });
        }
        standard_output::written(told.print())
    }

    /// To standard error, with all its causes.
    pub fn print(&self) {
        match self {
            Failure::Told { .. } => {}
            Failure::Scenario(problems) | Failure::Design(problems) => {
                standard_output::tell(&Self::rendered(problems));
            }
            _ => {
                standard_output::tell(&format!("error: {self}"));
                for cause in self.causes() {
                    standard_output::tell(&format!("  because: {cause}"));
                }
            }
        }
    }

    /// With colours where standard error shows them.
    #[must_use]
    pub fn rendered(problems: &Problems) -> String {
        let choice = anstream::AutoStream::choice(&std::io::stderr());
        problems.render(!matches!(choice, anstream::ColorChoice::Never))
    }

    /// Tells programs on standard output what `print` tells people on standard error.
    #[must_use]
    pub fn told_as_json(self) -> Failure {
        let exit_code = self.exit_code();
        let told = match &self {
            Failure::Told { .. } => return self,
            Failure::Scenario(problems) | Failure::Design(problems) => {
                let scenario = matches!(self, Failure::Scenario(_));
                let what = if scenario { "scenario" } else { "design" };
                json!({
                    "error": format!("the {what} is invalid"),
                    "exit_code": exit_code,
                    "problems": problems.as_json(),
                })
            }
            _ => json!({
                "error": self.to_string(),
                "exit_code": exit_code,
                "causes": self.causes(),
            }),
        };
        match standard_output::print_json(&told) {
            Ok(()) => Failure::Told { exit_code },
            Err(_) => self,
        }
    }

    fn causes(&self) -> Vec<String> {
        let mut causes = Vec::new();
        let mut next = self.source();
        while let Some(cause) = next {
            causes.push(cause.to_string());
            next = cause.source();
        }
        causes
    }
}
