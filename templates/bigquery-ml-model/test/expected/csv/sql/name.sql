-- A copy has no labels: the model names its entity in the catalogue again.
ALTER MODEL `homelab-lamp.forecasts.berlin_temperature`
SET OPTIONS (labels = [('leitstand-entity', 'resource_default_berlin-temperature')])
