/** Where pods find BigQuery, and the service account that they ask it with. */
export interface BigQueryAccess {
  /** For example `http://127.0.0.1:9050`. */
  url: string;
  token: string;
}

/** The query of the weather's backend, as its source has it. */
const query = `
  SELECT *
  FROM ML.PREDICT(MODEL \`homelab-lamp.weather_analysis.temp_prediction_model\`,
    (SELECT @year AS year, @month AS month))`;

interface QueryResponse {
  schema?: { fields: { name: string }[] };
  rows?: { f: { v: unknown }[] }[];
  error?: { message: string };
}

/**
 * The temperature that the model in BigQuery gives for a month, in °C.
 * @throws Error with BigQuery's words when it gives none
 */
export async function predictWithBigQuery(access: BigQueryAccess, year: number, month: number): Promise<number> {
  const parameter = (name: string, value: number) => ({
    name,
    parameterType: { type: 'INT64' },
    parameterValue: { value: String(value) },
  });
  const answer = await fetch(`${access.url}/bigquery/v2/projects/homelab-lamp/queries`, {
    method: 'POST',
    headers: { authorization: `Bearer ${access.token}`, 'content-type': 'application/json', connection: 'close' },
    body: JSON.stringify({
      query,
      useLegacySql: false,
      parameterMode: 'NAMED',
      queryParameters: [parameter('year', year), parameter('month', month)],
    }),
  });
  const { schema, rows = [], error } = (await answer.json()) as QueryResponse;
  const index = schema?.fields.findIndex(({ name }) => name === 'predicted_avg_temp_celsius') ?? -1;
  const value = rows[0]?.f[index]?.v;
  if (value === undefined || value === null) throw new Error(error?.message ?? 'the model has predicted nothing');
  return Number(value);
}
