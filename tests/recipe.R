# The R recipe compared with what the program itself prints; `tests/recipe.sh` runs it.
#
#   Rscript tests/recipe.R PROGRAM SCENARIO
source("examples/toguna_eval.R")
arguments <- commandArgs(trailingOnly = TRUE)
program <- arguments[1]
scenario <- arguments[2]

points <- data.frame(policy.restraint = c(0.2, 0.9, NA),
                     mechanisms.operations = c(TRUE, FALSE, NA))
found <- evaluate(points, scenario, outcomes = c("recruits", "deaths"), replicates = 2,
                  program = program)
stopifnot(nrow(found) == 3, all(found$status == "ok"))
plain <- tempfile()
writeLines(c("policy.restraint,mechanisms.operations", "0.2,true", "0.9,false", ","), plain)
lines <- system2(program, c("eval", shQuote(scenario), "--design", plain, "--quiet",
                            "--replicates", 2, "--outcome", "recruits,deaths"), stdout = TRUE)
stopifnot(identical(found, read.csv(text = lines, check.names = FALSE)))

late <- data.frame(time.end = c("2024-03-31", "2023-01-01"))
found <- evaluate(late, scenario, outcomes = "deaths", program = program)
stopifnot(found$status[1] == "ok", grepl("ends before", found$status[2]), is.na(found$deaths[2]))
cat("a row for a row, failures told\npassed: the R recipe\n")
