#!/bin/bash
# Pages in a real browser: Debian's Chromium, without a network, opens the page of each experiment from disk at 1280 and 400 px, in light and dark; figures, slider, downloads and keyboard work, nothing is
# said on the console, axe-core finds no serious fault. Says "skipped" where the browser cannot be had.
#
#   tests/page.sh [path of the toguna program] [folder for screenshots]
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
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
short=(--set people.people_per_agent=200 --set 'time.end="2025-12-31"')
"$program" compare scenarios/mali/status-quo.toml scenarios/mali/services-first.toml "${short[@]}" \
    --replicates 4 --quiet --report --out "$work/compared" >/dev/null &&
    "$program" run scenarios/mali/status-quo.toml "${short[@]}" --replicates 2 --quiet --report \
        --out "$work/run" >/dev/null || { echo "FAILED: no results"; exit 1; }
axes='[[axes]]
path = "policy.military_pressure"
values = [0.1, 0.5, 0.9]
[[axes]]
path = "policy.restraint"
values = [0.1, 0.9]'
for kind in grid one_at_a_time morris; do
    { echo "scenario = \"$PWD/scenarios/designs/five-years.toml\""; echo "kind = \"$kind\""
      echo "replicates = 2"
      if [ $kind = morris ]; then
          echo "trajectories = 2"
          echo "$axes" | sed 's/values.*/low = 0.1\nhigh = 0.9/'
      else echo "$axes"; fi; } >"$work/$kind.toml"
    "$program" sweep "$work/$kind.toml" "${short[@]}" --quiet --report --out "$work/$kind" >/dev/null ||
        { echo "FAILED: no results of $kind"; exit 1; }
done
"$program" validate scenarios/mali/state-supported-pacts.toml --set people.people_per_agent=200 \
    --set 'time.end="2027-12-31"' --replicates 2 --quiet --report --out "$work/validated" >/dev/null ||
    { echo "FAILED: no validation"; exit 1; }
NODE_PATH="$tools/node_modules" node tests/page.js "$work" "${2:-$work}" || { echo "FAILED"; exit 1; }
