{%- set model = values.project + '.' + values.dataset + '.' + values.model + '__candidate_00000000' -%}
{%- if values.gate.metric -%}
{%- set isCost = values.gate.metric == 'mean_absolute_error' or values.gate.metric == 'log_loss' -%}
-- Fails, and with it the pipeline, if the candidate is not good enough.
ASSERT (
  SELECT ${{ values.gate.metric }} ${{ '<=' if isCost else '>=' }} ${{ values.gate.bound }}
  FROM ML.EVALUATE(MODEL `${{ model }}`)
) AS '${{ values.gate.metric }} has to be at ${{ 'most' if isCost else 'least' }} ${{ values.gate.bound }}'
{%- else -%}
-- There is no gate: it is enough that the candidate can be evaluated.
SELECT * FROM ML.EVALUATE(MODEL `${{ model }}`)
{%- endif %}
