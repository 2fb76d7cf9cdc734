#!/bin/bash
# A training on two nodes with one process each; each reads the data from a shared file system.
#   sbatch docs/launch/slurm.sh
#SBATCH --job-name=ebt-train
#SBATCH --nodes=2
#SBATCH --ntasks-per-node=1
#SBATCH --cpus-per-task=16
#SBATCH --mem=32G
#SBATCH --time=24:00:00
#SBATCH --signal=TERM@120 # Two minutes before the time is up: the training saves and ends.
set -eu

run=${RUN:-runs/shared}
MASTER_ADDR=$(scontrol show hostnames "$SLURM_JOB_NODELIST" | head -n 1)
export MASTER_ADDR
export MASTER_PORT=29500
export WORLD_SIZE="$SLURM_NTASKS"
export TF_CPP_MIN_LOG_LEVEL=3 # The runtime's own messages about lost processes.

if [ -e "$run/config.yaml" ]; then
  set -- --resume "$run"
else
  set -- --recipe text --data "${DATA:-book.txt}" --out "$run"
fi
# EBT_BUILD=never: the processes start what was built before, by ./ebt doctor.
srun --kill-on-bad-exit=1 sh -c 'RANK=$SLURM_PROCID EBT_BUILD=never exec ./ebt train "$@"' ebt "$@"
