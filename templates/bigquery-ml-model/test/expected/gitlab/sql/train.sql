-- Trains beside the model that is in use. `retrain.sh` puts it in its place if it passes the gate.
CREATE OR REPLACE MODEL `homelab-lamp.forecasts.line__candidate_00000000`
OPTIONS (
  model_type = 'linear_reg',
  input_label_cols = ['y'],
  enable_global_explain = TRUE,
  optimize_strategy = 'NORMAL_EQUATION'
)
AS SELECT `x`, `y` FROM (
SELECT 1 AS x, 2.5 AS y
)
