#!/bin/bash
# How many instructions a week takes in a country of 0.1, 1 and 10.88 million adults in which as much
# happens (tests/worlds/scaled.rs): those of 78 weeks less those of 26, over 52. One thread; set-up cancels
# out. Other work on the machine does not matter to a count. Fails if a week takes more than 1.15 times as
# many in a larger country. Needs valgrind; takes 75 seconds beside compiling, most of them to set up the
# largest.
#
#   benches/instructions.sh [--profile NAME] [MILLIONS …]    release and all three, unless others are named
#   benches/instructions.sh --install                        only what it needs
set -euo pipefail
cd "$(dirname "$0")/.."
if ! command -v valgrind >/dev/null; then
    { apt-get install -y --no-install-recommends valgrind ||
        { apt-get update && apt-get install -y --no-install-recommends valgrind; }; } >/dev/null 2>&1 ||
        { echo "skipped: no valgrind, and it cannot be installed"; exit 0; }
fi
[ "${1:-}" = --install ] && exit 0
profile=(--release)
if [ "${1:-}" = --profile ]; then
    profile=(--profile "$2")
    shift 2
fi
[ $# -gt 0 ] || set -- 0.1 1 10.88
program=$(cargo test "${profile[@]}" --test all --no-run --message-format=json 2>/dev/null |
    sed -n 's/.*"name":"all".*"executable":"\([^"]*\)".*/\1/p' | tail -n 1)
counted=$(mktemp)
trap 'rm -f "$counted"' EXIT

# Instructions of so many weeks of a country of so many million adults.
instructions() {
    MILLIONS=$1 WEEKS=$2 RAYON_NUM_THREADS=1 valgrind --tool=cachegrind --cache-sim=no \
        --cachegrind-out-file=/dev/null --log-file="$counted" \
        "$program" --exact cost::a_country_lives_so_many_weeks >/dev/null
    sed -n 's/.*I *refs: *\([0-9,]*\).*/\1/p' "$counted" | tr -d ,
}

least=
too_many=false
for millions in "$@"; do
    fifty_two=$(($(instructions "$millions" 78) - $(instructions "$millions" 26)))
    # Had nothing been lived, a week would cost nothing anywhere.
    [ "$fifty_two" -gt 1000000 ] || { echo "FAILED: no week was lived" >&2; exit 1; }
    least=${least:-$fifty_two}
    awk -v millions="$millions" -v own="$fifty_two" -v least="$least" 'BEGIN {
        printf "%s million adults: %.2f million instructions a week, %.3f times the smallest\n",
            millions, own / 52e6, own / least
    }'
    [ $((100 * fifty_two)) -le $((115 * least)) ] || too_many=true
done
if "$too_many"; then
    echo "FAILED: a week grows with the people" >&2
    exit 1
fi
