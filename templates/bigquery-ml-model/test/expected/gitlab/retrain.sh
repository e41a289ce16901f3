#!/bin/sh
# Trains a candidate, lets it pass the gate or stops, and puts it in the place of the model.
set -eu
cd "$(dirname "$0")"

project=homelab-lamp
model="$project:forecasts.line"
candidate="${model}__candidate_00000000"
# The most that one statement may bill, in bytes.
maximum=${MAXIMUM_BYTES_BILLED:-1073741824}

run() {
  bq query --project_id="$project" --use_legacy_sql=false --maximum_bytes_billed="$maximum" <"sql/$1.sql"
}

trap 'bq rm --force --model "$candidate"' EXIT
run train
run gate
bq cp --force "$candidate" "$model"
run name
