import type { QueryParameter, QueryParameterType, QueryParameterValue } from '../../parameters';
import type { ProbeGroup } from './Probe';

const refused = (what: string) => `does not model ${what}`;

function scalar(name: string | undefined, type: string, value: string | null): QueryParameter {
  return { ...(name && { name }), parameterType: { type }, parameterValue: { value } };
}

function parameter(
  name: string,
  parameterType: QueryParameterType,
  parameterValue: QueryParameterValue,
): QueryParameter {
  return { name, parameterType, parameterValue };
}

const point: QueryParameterType = {
  type: 'STRUCT',
  structTypes: [
    { name: 'x', type: { type: 'INT64' } },
    { name: 'label', type: { type: 'STRING' } },
  ],
};
const origin: QueryParameterValue = { structValues: { x: { value: '0' }, label: { value: 'origin' } } };

/** Statements that are refused, and parameters. */
export const statementProbes: ProbeGroup[] = [
  {
    page: 'reference/standard-sql/procedural-language',
    probes: [
      ['DECLARE x INT64 DEFAULT 1; SELECT x', refused('scripts (DECLARE) at [1:1]')],
      ['BEGIN SELECT 1; END', refused('scripts and transactions (BEGIN)')],
      ['BEGIN TRANSACTION', refused('scripts and transactions (BEGIN)')],
      ["EXECUTE IMMEDIATE 'SELECT 1'", refused('EXECUTE IMMEDIATE')],
      ['CALL p.d.f()', refused('procedures (CALL)')],
      ['SET x = 1', refused('scripts (SET)')],
      ['IF TRUE THEN SELECT 1; END IF', refused('scripts (IF)')],
    ],
  },
  {
    page: 'reference/standard-sql/data-definition-language',
    probes: [
      ['CREATE FUNCTION d.f(x INT64) AS (x)', refused('CREATE FUNCTION at [1:1]')],
      ['CREATE PROCEDURE d.f() BEGIN SELECT 1; END', refused('CREATE PROCEDURE')],
      ['CREATE VIEW d.v AS SELECT 1', refused('CREATE VIEW')],
      ['CREATE TEMP TABLE t AS SELECT 1 AS x', refused('CREATE TEMP')],
      ['CREATE TABLE d.t (x INT64) PARTITION BY x', refused('CREATE TABLE with PARTITION')],
      ['CREATE TABLE d.t (x STRING(5))', refused('parameterized types')],
      ['CREATE TABLE d.t (x GEOGRAPHY)', refused('the type GEOGRAPHY')],
      ['CREATE TABLE d.t (x NOTHING)', 'Type not found: NOTHING at [1:21]'],
      [
        'CREATE MODEL d.m TRANSFORM(x) OPTIONS(model_type = "linear_reg") AS SELECT 1 AS x',
        refused('CREATE MODEL with TRANSFORM'),
      ],
      ['ALTER TABLE d.t ADD COLUMN x INT64', refused('ALTER')],
      ['TRUNCATE TABLE d.t', refused('TRUNCATE TABLE')],
      ["EXPORT DATA OPTIONS(uri = 'gs://b/*') AS SELECT 1", refused('EXPORT')],
      ['DROP VIEW d.v', refused('DROP VIEW')],
      ['UPDATE d.t SET x = 1', 'UPDATE must have a WHERE clause at [1:1]'],
      ['DELETE FROM d.t', 'DELETE must have a WHERE clause at [1:1]'],
    ],
  },
  {
    page: 'parameterized-queries',
    probes: [
      [
        'SELECT @a + 1, @b, @c, @d',
        [[3n, 1.5, true, 'x']],
        [
          scalar('a', 'INT64', '2'),
          scalar('b', 'FLOAT64', '1.5'),
          scalar('c', 'BOOL', 'true'),
          scalar('d', 'STRING', 'x'),
        ],
      ],
      [
        'SELECT @a, @b, @c, @d',
        [['2026-03-01', '12:30:00', '2026-03-01T12:30:00', '1772368200000000']],
        [
          scalar('a', 'DATE', '2026-03-01'),
          scalar('b', 'TIME', '12:30:00'),
          scalar('c', 'DATETIME', '2026-03-01 12:30:00'),
          scalar('d', 'TIMESTAMP', '2026-03-01 12:30:00Z'),
        ],
      ],
      [
        'SELECT @a, @b, @c, @d',
        [['1.5', '2.25', 'YWJj', '{"a":1}']],
        [
          scalar('a', 'NUMERIC', '1.5'),
          scalar('b', 'BIGNUMERIC', '2.25'),
          scalar('c', 'BYTES', 'YWJj'),
          scalar('d', 'JSON', '{"a":1}'),
        ],
      ],
      [
        'SELECT ?, ? || ?',
        [[1n, 'ab']],
        [scalar(undefined, 'INT64', '1'), scalar(undefined, 'STRING', 'a'), scalar(undefined, 'STRING', 'b')],
      ],
      [
        'SELECT x FROM UNNEST(@xs) AS x WHERE x IN UNNEST(@xs) ORDER BY x',
        [[1n], [2n]],
        [
          parameter(
            'xs',
            { type: 'ARRAY', arrayType: { type: 'INT64' } },
            { arrayValues: [{ value: '2' }, { value: '1' }] },
          ),
        ],
      ],
      [
        'SELECT ARRAY_LENGTH(@xs), @ys',
        [[0n, ['a']]],
        [
          parameter('xs', { type: 'ARRAY', arrayType: { type: 'DATE' } }, { arrayValues: [] }),
          parameter('ys', { type: 'ARRAY', arrayType: { type: 'STRING' } }, { arrayValues: [{ value: 'a' }] }),
        ],
      ],
      ['SELECT @p.x, @p.label', [[0n, 'origin']], [parameter('p', point, origin)]],
      [
        'SELECT q.label FROM UNNEST(@ps) AS q',
        [['origin']],
        [parameter('ps', { type: 'ARRAY', arrayType: point }, { arrayValues: [origin] })],
      ],
      ['SELECT @a IS NULL, @b', [[true, null]], [scalar('a', 'STRING', null), scalar('b', 'INT64', null)]],
      [
        "SELECT '@a', @A FROM (SELECT 1 AS x) LIMIT @n",
        [['@a', "x' OR 1 = 1"]],
        [scalar('a', 'STRING', "x' OR 1 = 1"), scalar('n', 'INT64', '1')],
      ],
      ['SELECT @year', "Query parameter 'year' not found at [1:8]", []],
      ['SELECT ?', 'Query parameter number 1 is not defined', []],
      ['SELECT @a', "Invalid value for type INT64 of query parameter 'a'", [scalar('a', 'INT64', 'x')]],
      [
        "SELECT REGEXP_EXTRACT('ab', @p), DATE_DIFF(@d, '2026-01-01', DAY)",
        [['b', 59n]],
        [scalar('p', 'STRING', 'a(b)'), scalar('d', 'DATE', '2026-03-01')],
      ],
    ],
  },
];
