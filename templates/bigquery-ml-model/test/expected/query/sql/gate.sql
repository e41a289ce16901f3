-- Fails, and with it the pipeline, if the candidate is not good enough.
ASSERT (
  SELECT log_loss <= 0.4
  FROM ML.EVALUATE(MODEL `homelab-lamp.forecasts.frost__candidate_00000000`)
) AS 'log_loss has to be at most 0.4'
