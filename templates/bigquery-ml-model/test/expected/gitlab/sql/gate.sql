-- There is no gate: it is enough that the candidate can be evaluated.
SELECT * FROM ML.EVALUATE(MODEL `homelab-lamp.forecasts.line__candidate_00000000`)
