#!/bin/bash
# A sweep on a real Slurm: four nodes on this machine, an array of parts, a node killed under its task,
# the script submitted again, the parts merged, and the bytes compared with a sweep made without Slurm.
# Needs root and Debian's packages; says "skipped" where it cannot have them. Stops what it started.
#
#   tests/slurm.sh [path of the toguna program]
#   tests/slurm.sh --install      only what it needs
set -u
cd "$(dirname "$0")/.." || exit 1

skipped() { echo "skipped: $1"; exit 0; }
failed() { echo "FAILED: $1"; exit 1; }

[ "$(id -u)" = 0 ] || skipped "Slurm on this machine needs root"
if ! command -v slurmctld >/dev/null || ! command -v slurmd >/dev/null || ! command -v munged >/dev/null
then
    command -v apt-get >/dev/null || skipped "no Slurm, and no apt-get to install it with"
    apt-get install -y --no-install-recommends slurmctld slurmd slurm-client munge >/dev/null 2>&1 ||
        { apt-get update >/dev/null 2>&1 &&
            apt-get install -y --no-install-recommends slurmctld slurmd slurm-client munge \
                >/dev/null 2>&1; } ||
        skipped "Slurm's packages could not be installed"
fi
[ "${1:-}" = --install ] && exit 0
program=$(realpath "${1:-target/release/toguna}")
[ -x "$program" ] || failed "no program at $program: cargo build --release"
pgrep -x slurmctld >/dev/null && skipped "a Slurm is running here already"

work=$(mktemp -d)
started=()
# Only what this script has started, by process id.
stop() {
    local id
    for id in "${started[@]}"; do kill "$id" 2>/dev/null; done
    sleep 2
    for id in "${started[@]}"; do kill -9 "$id" 2>/dev/null; done
    wait 2>/dev/null
    rm -rf "$work"
}
trap stop EXIT

# --- four nodes -----------------------------------------------------------------------------------
install -d -o munge -g munge -m 0755 /run/munge /var/log/munge /var/lib/munge
[ -s /etc/munge/munge.key ] || runuser -u munge -- /usr/sbin/mungekey --create
if ! munge -n >/dev/null 2>&1; then
    setpriv --reuid munge --regid munge --clear-groups /usr/sbin/munged --foreground \
        >"$work/munged.log" 2>&1 &
    started+=($!)
    sleep 1
    munge -n >/dev/null 2>&1 || skipped "munge does not start: $(tail -1 "$work/munged.log")"
fi
mkdir -p "$work/state" "$work/log" && touch "$work/log/jobcomp.log"
chmod 755 "$work" && chown -R slurm: "$work/state" "$work/log"
host=$(hostname -s)
cat >"$work/slurm.conf" <<CONF
ClusterName=local
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=16817
SlurmUser=slurm
AuthType=auth/munge
CredType=cred/munge
StateSaveLocation=$work/state
SlurmctldPidFile=$work/state/slurmctld.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/filetxt
JobCompLoc=$work/log/jobcomp.log
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
MaxArraySize=10001
ReturnToService=2
MinJobAge=30
SlurmdPidFile=$work/log/slurmd-%n.pid
SlurmdSpoolDir=$work/log/spool-%n
SlurmdParameters=config_overrides
SlurmdTimeout=15
NodeName=n[1-4] NodeHostname=$host NodeAddr=127.0.0.1 Port=[17001-17004] CPUs=1 RealMemory=4000
PartitionName=main Nodes=n[1-4] Default=YES MaxTime=INFINITE State=UP
CONF
export SLURM_CONF="$work/slurm.conf"
slurmctld -D >"$work/slurmctld.log" 2>&1 &
started+=($!)
declare -A node
start_node() {
    mkdir -p "$work/log/spool-$1"
    slurmd -D -N "$1" >>"$work/$1.log" 2>&1 &
    node[$1]=$!
    started+=($!)
}
for name in n1 n2 n3 n4; do start_node "$name"; done
for _ in $(seq 30); do
    [ "$(sinfo -h -t idle -o %D 2>/dev/null)" = 4 ] && break
    sleep 1
done
[ "$(sinfo -h -t idle -o %D 2>/dev/null)" = 4 ] ||
    skipped "four nodes do not come up: $(tail -1 "$work/slurmctld.log")"
echo "four nodes are up"

# --- the sweep, without Slurm and with it -----------------------------------------------------------
mkdir "$work/sweep"
cat >"$work/sweep/small.toml" <<TOML
extends = "$PWD/scenarios/mali/status-quo.toml"
name = "small"
[people]
people_per_agent = 200
[time]
end = "2025-12-31"
TOML
cat >"$work/sweep/grid.toml" <<TOML
scenario = "small.toml"
kind = "grid"
replicates = 8
[[axes]]
path = "policy.military_pressure"
low = 0.1
high = 0.9
steps = 3
[[axes]]
path = "policy.restraint"
values = [0.3, 0.9]
TOML
cd "$work/sweep" || exit 1
"$program" sweep grid.toml --out alone --quiet || failed "the sweep without Slurm"
"$program" sweep grid.toml --out array --emit slurm --shards 6 --time-limit 00:10:00 >grid.sh ||
    failed "no job script"
bash grid.sh || failed "the job script was not taken"

# One node dies with its task as soon as a task runs on it.
victim=n2
for _ in $(seq 60); do
    squeue -h -t running -w "$victim" -o %i 2>/dev/null | grep -q . && break
    sleep 0.2
done
squeue -h -t running -w "$victim" -o '%i on %N' | sed 's/^/killed under its task: /'
kill -9 "${node[$victim]}" 2>/dev/null
# Its tasks die with it: processes whose environment names this Slurm and this node.
for process in /proc/[0-9]*; do
    settings=$({ tr '\0' '\n' <"$process/environ"; } 2>/dev/null)
    if grep -qx "SLURMD_NODENAME=$victim" <<<"$settings" &&
        grep -qx "SLURM_CONF=$SLURM_CONF" <<<"$settings"
    then
        kill -9 "$(basename "$process")" 2>/dev/null
    fi
done
scontrol update "nodename=$victim" state=down reason=killed 2>/dev/null

drained() { [ -z "$(squeue -h -o %i 2>/dev/null)" ]; }
wait_for_queue() {
    local _
    for _ in $(seq "$1"); do drained && return 0; sleep 1; done
    return 1
}
# What hangs on the dead node is not waited for: submitting again is the whole recovery.
wait_for_queue 180 || { squeue; scancel --user=root; wait_for_queue 60; }
if [ -e array/manifest.json ]; then
    echo "whole already: the parts of the dead node were put back into the queue"
else
    start_node "$victim"
    sleep 3
    scontrol update "nodename=$victim" state=resume 2>/dev/null
    echo "submitted again"
    bash grid.sh || failed "the job script was not taken a second time"
    wait_for_queue 900 || failed "the queue does not empty: $(squeue)"
fi
[ -e array/manifest.json ] || { cat ./*.log; failed "the parts were not merged"; }

for file in alone/*; do
    name=$(basename "$file")
    [ "$name" = manifest.json ] && continue
    cmp "$file" "array/$name" || failed "$name differs"
done
echo "passed: an array of 6 parts on 4 nodes, one of them killed, gives the bytes of one process"
