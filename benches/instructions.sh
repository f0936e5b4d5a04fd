#!/bin/bash
# How many instructions a week takes in a country of 0.1, 1 and 10.88 million adults in which as much
# happens (tests/worlds/scaled.rs): those of 78 weeks less those of 26, over 52. One thread; set-up cancels
# out. Other work on the machine does not matter to a count. Needs valgrind; takes some ten minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v valgrind >/dev/null || { echo "no valgrind: install it first" >&2; exit 1; }
program=$(cargo test --release --test all --no-run --message-format=json 2>/dev/null |
    sed -n 's/.*"name":"all".*"executable":"\([^"]*\)".*/\1/p' | tail -n 1)
counted=$(mktemp)
trap 'rm -f "$counted"' EXIT

# Instructions, in millions, of so many weeks of a country of so many million adults.
instructions() {
    MILLIONS=$1 WEEKS=$2 RAYON_NUM_THREADS=1 valgrind --tool=cachegrind --cache-sim=no \
        --cachegrind-out-file=/dev/null --log-file="$counted" \
        "$program" --ignored --exact cost::a_country_lives_so_many_weeks >/dev/null
    sed -n 's/.*I *refs: *\([0-9,]*\).*/\1/p' "$counted" | tr -d , | sed 's/.\{6\}$//'
}

least=
for millions in 0.1 1 10.88; do
    per_week=$((($(instructions $millions 78) - $(instructions $millions 26)) / 52))
    least=${least:-$per_week}
    echo "$millions million adults: $per_week million instructions a week," \
        "$(awk "BEGIN { printf \"%.2f\", $per_week / $least }") times the smallest"
done
