import { BigQueryError } from '../model';

/** DuckDB's words and BigQuery's for the same mistake; `$1` and so on are the groups. */
const translations: [RegExp, string][] = [
  [/Table with name information_schema__\S*__(\w+) does not exist/, 'The homelab does not model INFORMATION_SCHEMA.$1'],
  [/Referenced (?:column|table) "(.+?)" not found/, 'Unrecognized name: $1'],
  [/Values list "(.+?)" does not have a column named "(.+?)"/, 'Name $2 not found inside $1'],
  [/Table "(.+?)" does not have a column named "(.+?)"/, 'Name $2 not found inside $1'],
  [
    /column "(.+?)" must appear in the GROUP BY clause/,
    'SELECT list expression references column $1 which is neither grouped nor aggregated',
  ],
  [/Ambiguous reference to column name "(.+?)"/, 'Column name $1 is ambiguous'],
  [/Could not convert string '(.*?)' to INT64/, 'Bad int64 value: $1'],
  [/Could not convert string '(.*?)' to (?:DOUBLE|FLOAT)/, 'Bad double value: $1'],
  [/Could not convert string '(.*?)' to BOOL/, 'Bad bool value: $1'],
  [/invalid date field format: "(.*?)"/, "Invalid date: '$1'"],
  [/invalid timestamp field format: "(.*?)"/, "Invalid timestamp: '$1'"],
  [/Overflow in \w+ of (?:INT128|DECIMAL)/, 'The homelab does not model NUMERIC values of so many digits'],
  [/Overflow in (\w+)/, 'int64 overflow: $1'],
  [/NOT NULL constraint failed: .*?(\w+)$/m, 'Required field $1 cannot be null'],
  [/(?:Scalar|Table|Aggregate) Function with name "?(\w+)"? does not exist/i, 'Function not found: $1'],
  [/More than one row returned by a subquery/, 'Scalar subquery produced more than one element'],
];

/** A failure of DuckDB as a failure of the query; anything else unchanged. */
export function asQueryError(error: unknown): unknown {
  if (error instanceof BigQueryError) return error;
  // Not `instanceof Error`: what comes from native code may be of another realm.
  const { message: text } = error as { message?: unknown };
  const [, ownWords] = /^\w[\w ]*(?:Error|Exception): ([\s\S]*)$/.exec(String(text)) ?? [];
  if (ownWords === undefined) return error;
  const known = translations.find(([pattern]) => pattern.test(ownWords));
  const match = known?.[0].exec(ownWords);
  const message = known && match ? known[1].replace(/\$(\d)/g, (_, index: string) => match[Number(index)]) : ownWords;
  return new BigQueryError(message.split('\n')[0], { reason: 'invalidQuery', location: 'query' });
}
