{%- set names = { l1Reg: 'l1_reg', l2Reg: 'l2_reg', maxIterations: 'max_iterations' } -%}
-- Trains beside the model that is in use. `retrain.sh` puts it in its place if it passes the gate.
CREATE OR REPLACE MODEL `${{ values.project }}.${{ values.dataset }}.${{ values.model }}__candidate_00000000`
OPTIONS (
  model_type = '${{ values.options.modelType }}',
  input_label_cols = ['${{ values.label }}'],
  enable_global_explain = TRUE
{%- for key, name in names %}{% if values.options[key] or values.options[key] == 0 %},
  ${{ name }} = ${{ values.options[key] }}{% endif %}{% endfor %}
{%- if values.options.optimizeStrategy %},
  optimize_strategy = '${{ values.options.optimizeStrategy }}'
{%- endif %}
{%- if values.options.autoClassWeights %},
  auto_class_weights = TRUE
{%- endif %}
)
AS SELECT {% for feature in values.features %}`${{ feature }}`, {% endfor %}`${{ values.label }}` FROM {% if values.kind == 'query' -%}
(
${{ values.query }}
)
{%- else -%}
`${{ values.project }}.${{ values.dataset }}.${{ values.table }}`
{%- endif %}
