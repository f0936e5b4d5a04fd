#!/bin/bash
# The page for the browser: made by `cargo xtask explorer`, its engine gives the bytes of the program for every
# table, and Chromium opens it from disk without a network, plays a lesson, turns levers, saves and opens files.
# Says "skipped" where Node.js, the target or the browser cannot be had.
#
#   tests/explorer.sh [path of the toguna program] [folder for screenshots] [seconds of random clicks]
set -u
cd "$(dirname "$0")/.." || exit 1
why=$(tests/page.sh --install)
[ -z "$why" ] || { echo "$why"; exit 0; }
program=$(realpath "${1:-target/release/toguna}")
[ -x "$program" ] || { echo "FAILED: no program at $program: cargo build --release"; exit 1; }
if ! rustup target list --installed | grep -q wasm32-unknown-unknown; then
    rustup target add wasm32-unknown-unknown >/dev/null 2>&1 ||
        { echo "skipped: the target wasm32-unknown-unknown cannot be installed"; exit 0; }
fi
cargo xtask explorer || { echo "FAILED: the page cannot be made"; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
NODE_PATH=target/tools/node_modules node tests/explorer_bytes.js "$program" "$work" &&
    NODE_PATH=target/tools/node_modules node tests/explorer_page.js "$program" "$work" "${2:-$work}" ||
    { echo "FAILED"; exit 1; }
[ -z "${3:-}" ] || NODE_PATH=target/tools/node_modules node tests/explorer_random.js "$3" || { echo "FAILED"; exit 1; }
