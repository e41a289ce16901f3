import { createRandom } from '../core';
import type { Field, FieldType, Relation, Value } from './model';

function fields(columns: Record<string, FieldType>): Field[] {
  return Object.entries(columns).map(([name, type]) => ({ name, type, mode: 'NULLABLE' }));
}

/** Average temperatures of Berlin's first quarters: the table of the guide that the homelab tells. */
export const berlinWeather: Relation = {
  fields: fields({ year: 'INTEGER', month: 'INTEGER', avg_temp_celsius: 'FLOAT' }),
  rows: [
    [2023n, 1n, 2.0],
    [2023n, 2n, 3.5],
    [2023n, 3n, 5.8],
    [2024n, 1n, 2.2],
    [2024n, 2n, 3.7],
    [2024n, 3n, 6.0],
  ],
};

const dayMs = 24 * 60 * 60 * 1000;
const firstDay = Date.UTC(2023, 0, 1);
const dayCount = 731; // 2024 is a leap year
/** Long-term mean temperature of the months in Berlin, in °C. */
const monthlyMeans = [0.9, 2.0, 5.3, 10.1, 14.7, 18.0, 20.1, 19.8, 15.4, 10.4, 5.5, 2.1];

function round(value: number, digits = 1): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

/** What kind of day it was, from what was measured. */
function conditionOf(day: { temperature: number; rainMm: number; cloudPercent: number }): string {
  if (day.rainMm >= 0.5) return day.temperature < 1.5 ? 'snow' : 'rain';
  return day.cloudPercent > 60 ? 'cloudy' : 'clear';
}

/**
 * Two years of made-up days that follow Berlin's climate: fronts come and go over a few days, a low brings clouds and
 * rain, and clear calm nights are the cold ones. The same on every machine.
 */
function createDailyWeather(): Relation {
  const random = createRandom(20_230_101);
  const normal = () => random.next() + random.next() + random.next() - 1.5;
  let [warmth, pressure] = [0, 0];
  const rows = Array.from({ length: dayCount }, (_, index): Value[] => {
    const date = new Date(firstDay + index * dayMs);
    const month = date.getUTCMonth();
    warmth = 0.75 * warmth + 3.2 * normal();
    pressure = 0.8 * pressure + 6 * normal();
    const cloudPercent = Math.round(clamp(55 - 2.2 * pressure + 30 * normal(), 0, 100));
    const rainMm = round(Math.max(0, (cloudPercent - 60) / 12 + 2.5 * normal() - pressure / 8));
    const windKmh = round(clamp(13 - 0.4 * pressure + 7 * normal(), 1, 70));
    const temperature = round(monthlyMeans[month] + warmth);
    const nightly = 2.2 + (100 - cloudPercent) * 0.035 - windKmh * 0.04;
    const minimum = round(temperature - Math.max(0.5, nightly + normal()));
    const humidityPercent = Math.round(clamp(62 + cloudPercent * 0.22 - temperature * 0.5 + 6 * normal(), 25, 100));
    return [
      date.toISOString().slice(0, 10),
      BigInt(month + 1),
      temperature,
      minimum,
      BigInt(humidityPercent),
      round(1013 + pressure),
      windKmh,
      BigInt(cloudPercent),
      rainMm,
      minimum < 0,
      conditionOf({ temperature, rainMm, cloudPercent }),
    ];
  });
  return { fields: dailyFields, rows };
}

const dailyFields = fields({
  day: 'DATE',
  month: 'INTEGER',
  avg_temp_celsius: 'FLOAT',
  min_temp_celsius: 'FLOAT',
  humidity_percent: 'INTEGER',
  pressure_hpa: 'FLOAT',
  wind_speed_kmh: 'FLOAT',
  cloud_cover_percent: 'INTEGER',
  precipitation_mm: 'FLOAT',
  has_frost: 'BOOLEAN',
  condition: 'STRING',
});

/** Two years of days. */
export const berlinWeatherDaily = createDailyWeather();
