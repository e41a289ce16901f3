-- A copy has no labels: the model names its entity in the catalogue again.
ALTER MODEL `homelab-lamp.forecasts.line`
SET OPTIONS (labels = [('leitstand-entity', 'resource_default_line')])
