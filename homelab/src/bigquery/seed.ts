import { Jobs } from './jobs/Jobs';
import type { Caller } from './jobs/JobDocument';
import type { Warehouse } from './jobs/Warehouse';
import type { Relation } from './model';
import { seedHistory } from './seedHistory';
import { berlinWeather, berlinWeatherDaily } from './seedWeather';

/** The projects of the homelab's story; the second one's services keep nothing in BigQuery. */
export const seedProjects = ['homelab-lamp', 'mlops-476802'];

/** Where the weather is kept. */
const weatherDataset = { project: 'homelab-lamp', dataset: 'weather_analysis' };

/** Who made the models. */
const owner: Caller = { email: 'admin@homelab.example', isWriter: true };

const tables: { name: string; relation: Relation; description: string }[] = [
  {
    name: 'berlin_weather',
    relation: berlinWeather,
    description: 'Average temperature by month, first quarters of 2023 and 2024',
  },
  { name: 'berlin_weather_daily', relation: berlinWeatherDaily, description: 'Generated days of 2023 and 2024' },
];

/** The models, by the statements that make them. */
const models = [
  `CREATE OR REPLACE MODEL \`homelab-lamp.weather_analysis.temp_prediction_model\`
OPTIONS(model_type="linear_reg", input_label_cols=["avg_temp_celsius"])
AS
SELECT year, month, avg_temp_celsius
FROM \`homelab-lamp.weather_analysis.berlin_weather\``,
  `CREATE OR REPLACE MODEL \`homelab-lamp.weather_analysis.frost_model\`
OPTIONS(model_type="logistic_reg", input_label_cols=["has_frost"], enable_global_explain=TRUE)
AS
SELECT avg_temp_celsius, humidity_percent, wind_speed_kmh, cloud_cover_percent, has_frost
FROM \`homelab-lamp.weather_analysis.berlin_weather_daily\``,
  `CREATE OR REPLACE MODEL \`homelab-lamp.weather_analysis.condition_model\`
OPTIONS(model_type="logistic_reg", input_label_cols=["condition"], auto_class_weights=TRUE)
AS
SELECT CAST(month AS STRING) AS month, avg_temp_celsius, humidity_percent, pressure_hpa, cloud_cover_percent, condition
FROM \`homelab-lamp.weather_analysis.berlin_weather_daily\``,
];

/** Fills an empty warehouse with the weather, trains its models, and gives it a past. @throws Error when a training fails */
export async function seedWarehouse(warehouse: Warehouse, kept: Jobs): Promise<void> {
  const { catalog, rows } = warehouse;
  await catalog.createDataset(weatherDataset, { location: 'EU', description: 'Weather of Berlin and models of it' });
  for (const { name, relation, description } of tables) {
    const table = { ...weatherDataset, name };
    await catalog.createTable(table, relation.fields, { input: { description } });
    await rows.append(table, relation);
  }
  await using jobs = await Jobs.open({ ...warehouse, durations: { pending: 0, query: 0, load: 0, createModel: 0 } });
  for (const query of models) {
    const configuration = { query: { query, useLegacySql: false } };
    const job = await jobs.insert({ project: weatherDataset.project, configuration, caller: owner });
    await jobs.wait(job);
    jobs.result(job); // throws what went wrong
    await kept.add(job);
  }
  await seedHistory(warehouse, kept);
}
