#!/bin/bash
# What it costs to build the program from nothing, as whoever clones it does: seconds by the clock, and
# processor time of the project's own crates for each second of the libraries they stand on. Both are
# compiled in the same minutes, so that other work beside does not matter to this ratio. The kind of processor
# does: the same commit had 1.63 on one and 2.05 on another. So a figure is kept for each kind that was met, and
# one for all others (benches/build.txt); fails when the ratio has grown by a fifth over it.
#
#   benches/build.sh               builds into target/release, which must not be there
#   benches/build.sh --renew       the same, and commits the figure to benches/build.txt
set -euo pipefail
cd "$(dirname "$0")/.."
committed=benches/build.txt
kind=$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo 2>/dev/null | head -n 1 || true)
kind=${kind:-any other}
kept=$(awk -F ': ' -v kind="$kind" '$1 == kind || (found == "" && $1 == "any other") { found = $2 } END { print found }' "$committed")
[ ! -e target/release ] || { echo "target/release is there already: cargo clean --release" >&2; exit 1; }

times=$(mktemp)
wrapper=$(mktemp)
trap 'rm -f "$times" "$wrapper"' EXIT
# Cargo calls it in place of the compiler, which is its first argument.
cat >"$wrapper" <<'SH'
#!/bin/bash
crate=$(printf '%s\n' "$@" | grep -A1 -x -e --crate-name | tail -1)
TIMEFORMAT="$crate %U %S"
exec 3>&1 4>&2
{ time "$@" >&3 2>&4; } 2>>"$BUILD_TIMES"
SH
chmod +x "$wrapper"

SECONDS=0
BUILD_TIMES=$times RUSTC_WRAPPER=$wrapper cargo build --release --quiet
seconds=$SECONDS

ratio=$(awk '$1 ~ /^toguna/ { own += $2 + $3; next } { others += $2 + $3 }
    END { printf "%.2f", own / others }' "$times")
awk -v seconds="$seconds" -v ratio="$ratio" '$1 ~ /^toguna/ { own += $2 + $3; next } { others += $2 + $3 }
    END { printf "built in %d s: %.0f s of processor time for the project, %.0f s for libraries, ratio %s\n",
        seconds, own, others, ratio }' "$times"
sort -k2 -rn "$times" | awk '$1 ~ /^toguna/ && $2 > 1 { printf "  %-20s %5.1f s\n", $1, $2 + $3 }'
if [ "${1:-}" = --renew ]; then
    others=$(grep -v -F -x "$kind: $kept" "$committed")
    printf '%s: %s\n%s\n' "$kind" "$ratio" "$others" >"$committed"
    exit 0
fi
awk -v now="$ratio" -v kept="$kept" 'BEGIN { exit !(now <= 1.2 * kept) }' || {
    echo "FAILED: building the project takes $ratio times as long as its libraries, committed is" \
        "$kept; find what grew, or renew the figure with its reason" >&2
    exit 1
}
