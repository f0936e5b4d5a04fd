# Drive toguna from a data frame: a column for each key of the scenario that varies, a row for each
# point; back come the outcomes, a row for each row. One file, to be copied and changed.
#
#   Rscript examples/toguna_eval.R scenarios/mali/status-quo.toml

evaluate <- function(points, scenario, outcomes = character(), replicates = 1, seed = 1,
                     settings = character(), program = "toguna") {
  table <- tempfile(fileext = ".csv")
  on.exit(unlink(table))
  # Switches are written as in a scenario.
  switches <- vapply(points, is.logical, logical(1))
  points[switches] <- lapply(points[switches], ifelse, yes = "true", no = "false")
  write.csv(points, table, row.names = FALSE, na = "")
  arguments <- c("eval", shQuote(scenario), "--design", shQuote(table), "--quiet",
                 "--replicates", replicates, "--seed", seed)
  for (setting in settings) arguments <- c(arguments, "--set", shQuote(setting))
  if (length(outcomes) > 0) arguments <- c(arguments, "--outcome", paste(outcomes, collapse = ","))
  lines <- suppressWarnings(system2(program, arguments, stdout = TRUE))
  status <- attr(lines, "status")
  # 4: some rows failed; the column `status` says which and why.
  if (!is.null(status) && !(status %in% c(0, 4))) stop("toguna ended with ", status)
  read.csv(text = lines, check.names = FALSE)
}

if (sys.nframe() == 0) {
  scenario <- commandArgs(trailingOnly = TRUE)[1]
  points <- expand.grid(
    policy.military_pressure = c(0.1, 0.5, 0.9),
    policy.restraint = c(0.2, 0.8)
  )
  print(evaluate(points, scenario, outcomes = c("recruits", "civilians_killed"),
                 settings = "people.people_per_agent=50"))
}
