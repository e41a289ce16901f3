-- Trains beside the model that is in use. `retrain.sh` puts it in its place if it passes the gate.
CREATE OR REPLACE MODEL `homelab-lamp.forecasts.berlin_temperature__candidate_00000000`
OPTIONS (
  model_type = 'linear_reg',
  input_label_cols = ['avg_temp_celsius'],
  enable_global_explain = TRUE
)
AS SELECT `year`, `month`, `avg_temp_celsius` FROM `homelab-lamp.forecasts.berlin_weather`
