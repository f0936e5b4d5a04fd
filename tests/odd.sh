#!/bin/bash
# docs/ODD.md put to the test: the core of the model, written anew from that page in Python (tests/odd/core.py), gives the
# same distributions of outcomes as the program, in 200 runs of each. Then the program with one number moved by a
# tenth, which must be told apart, or the comparison would show nothing.
#
#   tests/odd.sh [path of the toguna program] [runs]
set -u
cd "$(dirname "$0")/odd" || exit 1
program=$(command -v "${1:-toguna}") || { echo "no program ${1:-toguna}"; exit 1; }
program=$(realpath "$program")
runs=${2:-200}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -c "import tomllib" 2>/dev/null || { echo "skipped: no Python 3.11 or later"; exit 0; }

run() { "$program" run valley-core.toml --replicates "$runs" --quiet --out "$work/$1" "${@:2}" >/dev/null || exit 1; }
run program
run moved --seed 2 --set rules.recruitment.scale=11.0

export PYTHONDONTWRITEBYTECODE=1
half=$((runs / 2))
python3 core.py "$work/program/scenario.resolved.toml" "$half" 0 >"$work/first.csv" &
python3 core.py "$work/program/scenario.resolved.toml" $((runs - half)) "$half" >"$work/second.csv" || exit 1
wait $! || exit 1
cat "$work/first.csv" <(tail -n +2 "$work/second.csv") >"$work/core.csv"

python3 compare.py "$work/program/runs.csv" "$work/core.csv" || exit 1
if python3 compare.py "$work/moved/runs.csv" "$work/core.csv" >"$work/moved.txt"; then
    echo "a tenth more of recruitment is not told apart"
    cat "$work/moved.txt"
    exit 1
fi
echo "passed: the core written from docs/ODD.md agrees, and a tenth more of recruitment does not"
