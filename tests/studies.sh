#!/bin/bash
# The estimators of the field's studies (examples/field_studies.py, docs/studies.md) on data whose effects are known, each
# broken on purpose, and on one run of the program.
#
#   tests/studies.sh [path of the toguna program]
set -u
cd "$(dirname "$0")/.." || exit 1
program=$(realpath "${1:-target/release/toguna}")
[ -x "$program" ] || { echo "FAILED: no program at $program: cargo build --release"; exit 1; }
python3 -c "import tomllib" 2>/dev/null || { echo "skipped: no Python 3.11 or later"; exit 0; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PYTHONDONTWRITEBYTECODE=1
python3 tests/studies.py "$program" "$work" || { echo "FAILED: the field's studies"; exit 1; }
