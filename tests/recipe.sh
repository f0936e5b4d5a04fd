#!/bin/bash
# The recipes of examples/: Python against SALib and DuckDB, in an environment of its own; R against the
# program's own output. Says "skipped" where pip or apt-get cannot install what they need.
#
#   tests/recipe.sh [path of the toguna program]
#   tests/recipe.sh --install      only what it needs; Python's packages under target/
set -u
cd "$(dirname "$0")/.." || exit 1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python=target/recipe-python

install_python() {
    "$python/bin/python" -c "import pandas, SALib" >/dev/null 2>&1 && return 0
    python3 -m venv "$python" >/dev/null 2>&1 || { echo "no Python with venv"; return 1; }
    "$python/bin/pip" install --quiet --no-compile pandas SALib >"$work/pip.log" 2>&1 || {
        echo "pip cannot install pandas and SALib: $(tail -1 "$work/pip.log")"
        return 1
    }
    # Without it the recipe says that it has skipped DuckDB.
    "$python/bin/pip" install --quiet --no-compile duckdb >/dev/null 2>&1
    return 0
}

python_recipe() {
    local why
    why=$(install_python) || { echo "skipped: $why"; return 0; }
    "$python/bin/python" tests/recipe.py "$program" "$work"
}

install_r() {
    command -v Rscript >/dev/null && return 0
    command -v apt-get >/dev/null && [ "$(id -u)" = 0 ] || return 1
    apt-get install -y --no-install-recommends r-base-core >/dev/null 2>&1 ||
        { apt-get update >/dev/null 2>&1 &&
            apt-get install -y --no-install-recommends r-base-core >/dev/null 2>&1; }
}

r_recipe() {
    install_r || { echo "skipped: no R, and it cannot be installed"; return 0; }
    cat >"$work/world-for-r.toml" <<TOML
extends = "$PWD/scenarios/mali/status-quo.toml"
name = "small"
[people]
people_per_agent = 1000
[time]
end = "2024-06-30"
TOML
    Rscript tests/recipe.R "$program" "$work/world-for-r.toml"
}

if [ "${1:-}" = --install ]; then
    install_python
    install_r
    exit 0
fi
program=$(realpath "${1:-target/release/toguna}")
[ -x "$program" ] || { echo "FAILED: no program at $program: cargo build --release"; exit 1; }
python_recipe || { echo "FAILED: the Python recipe"; exit 1; }
r_recipe || { echo "FAILED: the R recipe"; exit 1; }
