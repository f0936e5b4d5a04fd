#!/bin/sh
# Changes shipped scenarios and tables at random for some minutes (3, or the first argument) and fails
# if any change makes the reading panic. The seed of a failure is printed; give it again as
# TOGUNA_FUZZ_SEED.
set -eu
cd "$(dirname "$0")/.."
TOGUNA_FUZZ_SECONDS=$((${1:-3} * 60)) cargo test --test all no_random_change_in_a_minute -- --ignored --nocapture
