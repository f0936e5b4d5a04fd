#!/bin/bash
# Pages in a real browser: Debian's Chromium, without a network, opens each kind of page from disk at 1280
# and 400 px, in light and dark; figures, slider, legends, downloads and keyboard work, numbers are those of the
# tables, nothing is said on the console, axe-core finds no serious fault, and sizes and times are within
# bounds. Says "skipped" where the browser cannot be had.
#
#   tests/page.sh [path of the toguna program] [folder for screenshots] [folder of results, made where missing]
#   tests/page.sh --install      only what it needs; npm's packages under target/
set -u
cd "$(dirname "$0")/.." || exit 1
tools=target/tools

install() {
    command -v node >/dev/null || { echo "no Node.js"; return 1; }
    if ! command -v chromium >/dev/null; then
        command -v apt-get >/dev/null && [ "$(id -u)" = 0 ] || { echo "no Chromium"; return 1; }
        apt-get install -y --no-install-recommends chromium >/dev/null 2>&1 ||
            { apt-get update >/dev/null 2>&1 &&
                apt-get install -y --no-install-recommends chromium >/dev/null 2>&1; } ||
            { echo "Chromium cannot be installed"; return 1; }
    fi
    [ -d "$tools/node_modules/playwright-core" ] && [ -d "$tools/node_modules/axe-core" ] && return 0
    mkdir -p "$tools"
    npm install --silent --no-audit --no-fund --prefix "$tools" playwright-core@1 axe-core@4 \
        >/dev/null 2>&1 || { echo "npm cannot install playwright-core and axe-core"; return 1; }
}

why=$(install) || { echo "skipped: $why"; exit 0; }
[ "${1:-}" = --install ] && exit 0
program=$(realpath "${1:-target/release/toguna}")
[ -x "$program" ] || { echo "FAILED: no program at $program: cargo build --release"; exit 1; }
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
mkdir -p "${2:-$made}" "${3:-$made}"
shots=$(realpath "${2:-$made}")
work=$(realpath "${3:-$made}")
coarse=(--set people.people_per_agent=200)
short=("${coarse[@]}" --set 'time.end="2025-12-31"')

# What this machine takes just now for a piece of work that is always the same: milliseconds of its processor.
pace() {
    node -e 'const began = process.cpuUsage();
        const rows = Array.from({ length: 1e5 }, (_, row) => `${(row * 7919) % 100003},${row / 3}`);
        const read = rows.map((row) => row.split(",").map(Number)).sort((a, b) => a[0] - b[0]);
        const spent = JSON.stringify(read).length && process.cpuUsage(began);
        console.log((spent.user + spent.system) / 1000);'
}

# make NAME COMMAND…: its results and their page in a folder of that name, and what the page took: milliseconds of
# the processor, and the pace before and after, so that neither the machine nor other work beside counts.
TIMEFORMAT='%U %S'
exec 3>&1 4>&2
make() {
    local name=$1 spent before
    shift
    [ -e "$work/$name/manifest.json" ] || "$program" "$@" --quiet --out "$work/$name" >/dev/null ||
        { echo "FAILED: no results of $name"; exit 1; }
    before=$(pace)
    spent=$({ time "$program" report "$work/$name" --quiet >&3 2>&4; } 2>&1) ||
        { echo "FAILED: no page of $name"; exit 1; }
    awk '{ print 1000 * ($1 + $2), ($3 + $4) / 2 }' <<<"$spent $before $(pace)" >"$work/$name.made"
}

make run run scenarios/mali/status-quo.toml "${short[@]}" --coarse --replicates 2
make compared compare scenarios/mali/{status-quo,services-first}.toml "${short[@]}" --coarse --replicates 4
# A timeline that sets a list, and accords where there were none.
make talking compare scenarios/lessons/{valley,talking-valley}.toml --replicates 12
! grep -q '% of 0 ' "$work/talking/report.html" || { echo "FAILED: a share of nothing is told"; exit 1; }
make eight compare scenarios/mali/{status-quo,services-first,defeat-and-contain,state-supported-pacts}.toml \
    scenarios/mali/{conditional-aid,elections-first,drought,wagner-partnership}.toml \
    "${coarse[@]}" --coarse --replicates 2
make demo demo --replicates 2
make validated validate scenarios/mali/state-supported-pacts.toml "${coarse[@]}" \
    --set 'time.end="2027-12-31"' --replicates 2

# design NAME KIND AXES…: a file of a design, and its results.
design() {
    local name=$1 kind=$2 axis
    shift 2
    { echo "scenario = \"$PWD/scenarios/designs/five-years.toml\""
      echo "kind = \"$kind\""
      echo "replicates = 2"
      case $kind in morris) echo "trajectories = 2";; sobol_indices) echo "points = 4";; esac
      for axis; do printf '[[axes]]\npath = "policy.%s\n' "$axis"; done; } >"$work/$name.toml"
    make "$name" sweep "$work/$name.toml" "${short[@]}"
}
pressure=$'military_pressure"\nvalues = [0.1, 0.5, 0.9]'
restraint=$'restraint"\nvalues = [0.1, 0.9]'
pacts=$'local_pacts"\nvalues = ["suppress", "ignore", "support"]'
pressure_range=$'military_pressure"\nlow = 0.1\nhigh = 0.9'
restraint_range=$'restraint"\nlow = 0.1\nhigh = 0.9'
design one_axis grid "$pressure"
design two_axes grid "$pressure" "$pacts"
design three_axes grid "$pressure" "$pacts" "$restraint"
design one_at_a_time one_at_a_time "$pressure" "$pacts" "$restraint"
design morris morris "$pressure_range" "$restraint_range"
design sobol sobol_indices "$pressure_range" "$restraint_range"

NODE_PATH="$tools/node_modules" node tests/page.js "$work" "$shots" "${2:+painted}" || { echo "FAILED"; exit 1; }
