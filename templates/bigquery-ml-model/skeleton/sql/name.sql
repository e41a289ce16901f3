-- A copy has no labels: the model names its entity in the catalogue again.
ALTER MODEL `${{ values.project }}.${{ values.dataset }}.${{ values.model }}`
SET OPTIONS (labels = [('leitstand-entity', 'resource_default_${{ values.name }}')])
