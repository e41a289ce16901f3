import type { ProbeGroup } from './Probe';

/** Literals, operators, conversions, conditions. */
export const syntaxProbes: ProbeGroup[] = [
  {
    page: 'reference/standard-sql/lexical',
    probes: [
      ["SELECT 'it''s'", 'Expected end of input'],
      ["SELECT 'a\\nb', r'a\\nb', \"it's\", 'it\\'s'", [['a\nb', 'a\\nb', "it's", "it's"]]],
      ['SELECT \'\'\'two\nlines\'\'\', """say "hi\\""""', [['two\nlines', 'say "hi"']]],
      ["SELECT '\\x41\\u00e9\\U0001F600\\101'", [['Aé😀A']]],
      ["SELECT b'abc', rb'a\\b', b'\\xff'", [['YWJj', 'YVxi', '/w==']]],
      ["SELECT '\\d'", 'Illegal escape sequence: \\d at [1:8]'],
      ["SELECT 'open", 'Unclosed string literal at [1:8]'],
      ['SELECT 1 -- comment\n, 2 # another\n, /* and\nmore */ 3', [[1n, 2n, 3n]]],
      ['SELECT 0xFF, 1e3, .5, 5.', [[255n, 1000, 0.5, 5]]],
      ['SELECT 9223372036854775807, -9223372036854775808', [[9223372036854775807n, -9223372036854775808n]]],
      ['SELECT 9223372036854775808', 'Invalid integer literal: 9223372036854775808'],
      [
        "SELECT NUMERIC '1.50', DATE '2026-03-01', TIME '12:30:00', DATETIME '2026-03-01 12:30:00'",
        [['1.5', '2026-03-01', '12:30:00', '2026-03-01T12:30:00']],
      ],
      ["SELECT TIMESTAMP '2014-09-27 12:30:00+01'", [['1411817400000000']]],
      ["SELECT TIMESTAMP '2014-09-27 12:30:00 America/Los_Angeles'", [['1411846200000000']]],
      ['SELECT `x` FROM (SELECT 1 AS `x`)', [[1n]]],
      ['SELECT X FROM (SELECT 1 AS x)', [[1n]]],
      ['SELECT * FROM (SELECT 1 AS `select`)', [[1n]]],
      ['SELECT select', 'Syntax error: Unexpected keyword SELECT at [1:8]'],
      ['SELECT 1 FROM', 'Syntax error: Expected identifier but got end of statement'],
      ['SELEC 1', 'Syntax error: Unexpected identifier "SELEC" at [1:1]'],
      ['SELECT $1', 'Illegal input character "$"'],
      ['SELECT 1;', [[1n]]],
    ],
  },
  {
    page: 'reference/standard-sql/operators',
    probes: [
      ['SELECT 7 / 2, 6 / 3, -7 / 2', [[3.5, 2, -3.5]]],
      ['SELECT 1 / 0', 'division by zero: 1 / 0'],
      ['SELECT 1.5 / 0', 'division by zero'],
      ["SELECT NUMERIC '1' / NUMERIC '4', NUMERIC '1' * 2, NUMERIC '1' + 0.5", [['0.25', '2', 1.5]]],
      ['SELECT 9223372036854775807 + 1', 'Overflow'],
      ['SELECT 2147483647 + 1, 100000 * 100000', [[2147483648n, 10000000000n]]],
      ['SELECT 1 + 2 * 3, (1 + 2) * 3, -2 - -3', [[7n, 9n, 1n]]],
      ["SELECT 'a' || 'b' || 'c', [1] || [2], CAST(NULL AS STRING) || 'x'", [['abc', [1n, 2n], null]]],
      ["SELECT 1 || 'a'", 'No matching signature for operator || for argument types: INT64, STRING at [1:8]'],
      [
        "SELECT 'abc' LIKE 'a%', 'abc' LIKE '_b_', 'a%c' LIKE 'a\\\\%c', 'abc' LIKE 'a\\\\%c', 'abc' NOT LIKE 'A%'",
        [[true, true, true, false, true]],
      ],
      [
        'SELECT 1 BETWEEN 0 AND 2, 1 NOT BETWEEN 0 AND 2, 5 IN (1, 5), 5 NOT IN (1, 2), 5 IN UNNEST([1, 5])',
        [[true, false, true, true, true]],
      ],
      [
        'SELECT 1 IN (2, NULL), 1 IN UNNEST([2, NULL]), 1 IN UNNEST(CAST([] AS ARRAY<INT64>)), NULL IN UNNEST([1])',
        [[null, null, false, null]],
      ],
      [
        'SELECT 1 IN (2, NULL), 1 IN UNNEST([2, NULL]), 1 IN UNNEST(ARRAY<INT64>[]), 1 NOT IN UNNEST([2])',
        [[null, null, false, true]],
      ],
      ['SELECT NULL IS NULL, 1 IS NOT NULL, (1 = 2) IS FALSE, NULL IS NOT TRUE', [[true, true, true, true]]],
      ['SELECT 1 IS DISTINCT FROM NULL, NULL IS NOT DISTINCT FROM NULL', [[true, true]]],
      ["SELECT 1 = '1'", 'No matching signature for operator = for argument types: INT64, STRING at [1:8]'],
      [
        "SELECT DATE '2026-03-01' > '2026-02-01', 1 = 1.0, 'a' < 'b', 2 != 3, 2 <> 2",
        [[true, true, true, true, false]],
      ],
      ['SELECT TRUE AND NULL, FALSE AND NULL, TRUE OR NULL, NOT FALSE', [[null, false, true, true]]],
      ['SELECT 1 AND TRUE', 'No matching signature for operator AND for argument types: INT64, BOOL'],
      ['SELECT 5 & 3, 5 | 3, 5 ^ 3, ~5, 1 << 4', [[1n, 7n, 6n, -6n, 16n]]],
      ["SELECT DATE '2026-02-28' + 1, DATE '2026-03-01' - 1", [['2026-03-01', '2026-02-28']]],
      [
        "SELECT DATE '2026-01-31' + INTERVAL 1 MONTH, DATETIME '2026-01-01 00:00:00' - INTERVAL 90 MINUTE",
        [['2026-02-28', '2025-12-31T22:30:00']],
      ],
      ["SELECT DATE '2026-03-01' - DATE '2026-02-01'", 'does not model values of type INTERVAL'],
      ['SELECT 1 < 2 < 3', 'Syntax error: Unexpected "<"'],
    ],
  },
  {
    page: 'reference/standard-sql/conversion_functions',
    probes: [
      ['SELECT CAST(2.5 AS INT64), CAST(-2.5 AS INT64), CAST(1.5 AS INT64), CAST(0.5 AS INT64)', [[3n, -3n, 2n, 1n]]],
      [
        "SELECT CAST('12' AS INT64), CAST('1.5' AS FLOAT64), CAST('true' AS BOOL), CAST('2026-3-1' AS DATE)",
        [[12n, 1.5, true, '2026-03-01']],
      ],
      ["SELECT CAST('1.5' AS INT64)", 'Bad int64 value: 1.5'],
      ["SELECT CAST('apple' AS INT64)", 'Bad int64 value: apple'],
      ["SELECT CAST('yes' AS BOOL)", 'Bad bool value: yes'],
      [
        "SELECT SAFE_CAST('apple' AS INT64), SAFE_CAST('yes' AS BOOL), SAFE_CAST('2026-13-01' AS DATE)",
        [[null, null, null]],
      ],
      [
        'SELECT CAST(1.0 AS STRING), CAST(0.1 AS STRING), CAST(12 AS STRING), CAST(TRUE AS STRING), CAST(1e20 AS STRING)',
        [['1', '0.1', '12', 'true', '1e+20']],
      ],
      [
        "SELECT CAST(NUMERIC '10.50' AS STRING), CAST(DATE '2026-03-01' AS STRING), CAST(b'abc' AS STRING)",
        [['10.5', '2026-03-01', 'abc']],
      ],
      ["SELECT CAST(TIMESTAMP '2026-03-01 12:00:00+00' AS STRING)", [['2026-03-01 12:00:00+00']]],
      ["SELECT CAST(TIMESTAMP '2026-03-01 23:00:00-05' AS DATE)", [['2026-03-02']]],
      [
        'SELECT CAST(1e15 AS STRING), CAST(-0.0 AS STRING), CAST(1e-7 AS STRING), CAST(0.1 + 0.2 AS STRING), CAST(123456789.25 AS STRING)',
        [['1e+15', '0', '1e-07', '0.30000000000000004', '123456789.25']],
      ],
      ['SELECT CAST(5 AS BOOL), CAST(0 AS BOOL), CAST(TRUE AS INT64)', [[true, false, 1n]]],
      ["SELECT CAST(DATE '2026-03-01' AS INT64)", 'Invalid cast from DATE to INT64'],
      ['SELECT CAST(1e30 AS INT64)', 'out of range'],
      ["SELECT CAST('1' AS STRING FORMAT '9')", 'does not model CAST with FORMAT'],
      [
        "SELECT CAST('nan' AS FLOAT64) = 1, IS_NAN(CAST('nan' AS FLOAT64)), IS_INF(CAST('inf' AS FLOAT64))",
        [[false, true, true]],
      ],
    ],
  },
  {
    page: 'reference/standard-sql/conditional_expressions',
    probes: [
      ["SELECT CASE 2 WHEN 1 THEN 'one' WHEN 2 THEN 'two' END, CASE WHEN FALSE THEN 1 END", [['two', null]]],
      ['SELECT IF(TRUE, 1, 2.5), IFNULL(NULL, 0), NULLIF(1, 1), COALESCE(NULL, NULL, 3)', [[1, 0n, null, 3n]]],
      ["SELECT IF(TRUE, 1, 'a')", 'No matching signature for function IF for argument types: BOOL, INT64, STRING'],
      ["SELECT CASE WHEN TRUE THEN 1 ELSE 'a' END", 'No matching signature for operator CASE'],
    ],
  },
];
