#!/bin/bash
# The Python recipe of examples/ against SALib and DuckDB, in an environment of its own. Says "skipped"
# where pip cannot install them.
#
#   tests/recipe.sh [path of the toguna program]
set -u
cd "$(dirname "$0")/.." || exit 1
program=$(realpath "${1:-target/release/toguna}")
[ -x "$program" ] || { echo "FAILED: no program at $program: cargo build --release"; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/python" >/dev/null 2>&1 || { echo "skipped: no Python with venv"; exit 0; }
"$work/python/bin/pip" install --quiet pandas SALib >"$work/pip.log" 2>&1 ||
    { echo "skipped: pip cannot install pandas and SALib: $(tail -1 "$work/pip.log")"; exit 0; }
"$work/python/bin/pip" install --quiet duckdb >/dev/null 2>&1
"$work/python/bin/python" tests/recipe.py "$program" "$work" || { echo "FAILED: the recipe"; exit 1; }
