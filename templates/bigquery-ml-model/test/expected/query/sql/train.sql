-- Trains beside the model that is in use. `retrain.sh` puts it in its place if it passes the gate.
CREATE OR REPLACE MODEL `homelab-lamp.forecasts.frost__candidate_00000000`
OPTIONS (
  model_type = 'logistic_reg',
  input_label_cols = ['has_frost'],
  enable_global_explain = TRUE,
  l1_reg = 0,
  l2_reg = 0.5,
  max_iterations = 30,
  auto_class_weights = TRUE
)
AS SELECT `temperature`, `humidity`, `has_frost` FROM (
SELECT temperature, humidity, temperature < 0 AS has_frost
FROM UNNEST([STRUCT(1.5 AS temperature, 80 AS humidity), STRUCT(-3.5 AS temperature, 60 AS humidity)])
)
