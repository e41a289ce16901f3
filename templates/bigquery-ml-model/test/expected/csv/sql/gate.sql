-- Fails, and with it the pipeline, if the candidate is not good enough.
ASSERT (
  SELECT r2_score >= 0.9
  FROM ML.EVALUATE(MODEL `homelab-lamp.forecasts.berlin_temperature__candidate_00000000`)
) AS 'r2_score has to be at least 0.9'
