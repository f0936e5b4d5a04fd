#!/bin/bash
# The same work in Toguna's engine, in plain loops and in other libraries for agents, measured in one go: builds
# and installs what is pinned here, runs each in turn, prints a table. No part of the main build. Needs
# Python 3.12 or newer (PYTHON=… names another than python3) and the network.
#
#   benches/peers/run.sh [people] [weeks] [times]      1,000,000 20 5 unless others are named
set -euo pipefail
cd "$(dirname "$0")"
python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 12))' || { echo "FAILED: needs Python 3.12" >&2; exit 1; }
cargo build --release --quiet
tools=target/python
for environment in mesa:requirements.txt frames:requirements-frames.txt; do
    [ -e "$tools/${environment%%:*}/ready" ] && continue
    "$python" -m venv "$tools/${environment%%:*}"
    "$tools/${environment%%:*}/bin/pip" install --quiet --disable-pip-version-check -r "python/${environment##*:}"
    touch "$tools/${environment%%:*}/ready"
done
"$python" run.py "${1:-1000000}" "${2:-20}" "${3:-5}" "$tools"
