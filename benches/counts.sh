#!/bin/bash
# Instructions that the program itself takes, on one thread: to set Mali up at one adult for ten, for a week of it,
# for a run's tables beside the weeks, and for ten years of a lesson with its tables. Other work on the
# machine does not matter to a count. Fails when one has grown by more than 3 % over the committed figures
# (benches/counts.txt), which hold for one compiler: under another they are printed and not compared.
# Needs valgrind and target/release/toguna; takes two minutes.
#
#   benches/counts.sh            counts and compares
#   benches/counts.sh --renew    commits what it counts; the commit says why
set -euo pipefail
shopt -s inherit_errexit
cd "$(dirname "$0")/.."
committed=benches/counts.txt
why=$(benches/instructions.sh --install)
[ -z "$why" ] || { echo "$why"; exit 0; }
program=target/release/toguna
[ -x "$program" ] || { echo "FAILED: no $program: cargo build --release" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Instructions of the program with these arguments, on one thread.
count() {
    valgrind --tool=cachegrind --cache-sim=no --cachegrind-out-file=/dev/null --log-file="$work/counted" \
        "$program" "$@" --quiet -j 1 >/dev/null
    sed -n 's/.*I *refs: *\([0-9,]*\).*/\1/p' "$work/counted" | tr -d ,
}
printf 'policy.military_pressure\n0.5\n' >"$work/points.csv"
mali=(scenarios/mali/status-quo.toml --set people.people_per_agent=10)
outcome=(--design "$work/points.csv" --outcome deaths)
four=$(count eval "${mali[@]}" --set 'time.end="2024-01-28"' "${outcome[@]}")
thirty=$(count eval "${mali[@]}" --set 'time.end="2024-07-28"' "${outcome[@]}")
tables=$(count run "${mali[@]}" --set 'time.end="2024-07-28"' --out "$work/mali" \
    --tables all)
lesson=$(count run scenarios/lessons/talking-valley.toml --out "$work/lesson" \
    --tables all)

{
    rustc --version
    awk -v four="$four" -v thirty="$thirty" -v tables="$tables" -v lesson="$lesson" 'BEGIN {
        week = (thirty - four) / 26
        printf "set-up of Mali, one for ten: %.1f million\n", (four - 4 * week) / 1e6
        printf "a week of Mali, one for ten: %.2f million\n", week / 1e6
        printf "tables of half a year of Mali: %.1f million\n", (tables - thirty) / 1e6
        printf "a lesson with its tables: %.1f million\n", lesson / 1e6
    }'
} >"$work/now"
cat "$work/now"
if [ "${1:-}" = --renew ]; then
    cp "$work/now" "$committed"
elif [ "$(head -n 1 "$committed")" != "$(head -n 1 "$work/now")" ]; then
    echo "not compared: $committed was counted with $(head -n 1 "$committed")"
else
    awk -F ': ' 'NR == FNR { kept[$1] = $2 + 0; next }
        FNR > 1 && $2 + 0 > 1.03 * kept[$1] {
            printf "FAILED: %s: %s, committed is %s million\n", $1, $2, kept[$1]; worse = 1
        }
        END { exit worse }' "$committed" "$work/now" || {
        echo "find what grew, or renew the figures with the reason in the commit" >&2
        exit 1
    }
fi
