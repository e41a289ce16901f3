import type { ProbeGroup } from './Probe';

/** Functions on texts, numbers, arrays and JSON. */
export const scalarProbes: ProbeGroup[] = [
  {
    page: 'reference/standard-sql/string_functions',
    probes: [
      [
        "SELECT CONCAT('T.P.', ' ', 'Bar'), CONCAT('Summer', ' ', 1923), CONCAT('a', NULL)",
        [['T.P. Bar', 'Summer 1923', null]],
      ],
      ["SELECT CONCAT(2023, '-', 1, '-01')", [['2023-1-01']]],
      [
        "SELECT SUBSTR('apple', 2), SUBSTR('apple', 2, 2), SUBSTR('apple', -2), SUBSTR('apple', 1, 123), SUBSTR('apple', 123)",
        [['pple', 'pp', 'le', 'apple', '']],
      ],
      ["SELECT SUBSTR('apple', 0), SUBSTR('apple', 0, 2), SUBSTR('apple', -10, 3)", [['apple', 'ap', 'app']]],
      ["SELECT SUBSTR('apple', 1, -1)", 'Third argument in SUBSTR() cannot be negative'],
      ["SELECT SAFE.SUBSTR('apple', 1, -1), SAFE.SUBSTR('apple', 2, 1)", [[null, 'p']]],
      ["SELECT LENGTH('абвгд'), BYTE_LENGTH('абвгд'), CHAR_LENGTH('ab'), LENGTH(b'abc')", [[5n, 10n, 2n, 3n]]],
      [
        "SELECT UPPER('foo'), LOWER('FOO'), TRIM('  apple  '), TRIM('***apple***', '*'), LTRIM('***a*', '*'), RTRIM('a*', '*')",
        [['FOO', 'foo', 'apple', 'apple', 'a*', 'a']],
      ],
      ["SELECT SPLIT('a,b'), SPLIT('b c d', ' '), SPLIT('', ' ')", [[['a', 'b'], ['b', 'c', 'd'], ['']]]],
      ["SELECT STRPOS('foo@example.com', '@'), STRPOS('foo', 'x'), INSTR('banana', 'an')", [[4n, 0n, 2n]]],
      [
        "SELECT STARTS_WITH('bar', 'b'), ENDS_WITH('apple', 'e'), REPLACE('apple pie', 'pie', 'cobbler'), REPLACE('a', '', 'x')",
        [[true, true, 'apple cobbler', 'a']],
      ],
      [
        "SELECT LPAD('abc', 5), LPAD('abc', 5, 'def'), RPAD('abc', 5, '-'), LPAD('abc', 2), REPEAT('ab', 3), REVERSE('abc')",
        [['  abc', 'deabc', 'abc--', 'ab', 'ababab', 'cba']],
      ],
      [
        "SELECT LEFT('apple', 3), RIGHT('apple', 3), CHR(65), ASCII('abcd'), UNICODE('â')",
        [['app', 'ple', 'A', 97n, 226n]],
      ],
      [
        "SELECT TO_HEX(b'\\xab'), FROM_HEX('61'), TO_BASE64(b'abc'), FROM_BASE64('YWJj')",
        [['ab', 'YQ==', 'YWJj', 'YWJj']],
      ],
      [
        "SELECT TO_HEX(MD5('Hello World')), TO_HEX(SHA256('abc'))",
        [['b10a8db164e0754105b7a99be72e3fe5', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad']],
      ],
      [
        "SELECT REGEXP_CONTAINS('foo@example.com', r'@[a-zA-Z0-9-]+\\.[a-zA-Z0-9-.]+'), REGEXP_CONTAINS('xabcx', 'abc'), REGEXP_CONTAINS('abc', '^b')",
        [[true, true, false]],
      ],
      [
        "SELECT REGEXP_EXTRACT('foo@example.com', r'^[a-zA-Z0-9_.+-]+'), REGEXP_EXTRACT('foo@example.com', r'^[a-zA-Z0-9_.+-]+@[a-zA-Z0-9-]+\\.([a-zA-Z0-9-.]+$)'), REGEXP_EXTRACT('abc', 'x')",
        [['foo', 'com', null]],
      ],
      [
        "SELECT REGEXP_EXTRACT('ab', r'(?:a)b'), REGEXP_EXTRACT('a(b', r'\\(b'), REGEXP_EXTRACT('a(b', '[(]b')",
        [['ab', '(b', '(b']],
      ],
      ["SELECT REGEXP_EXTRACT('ab', '(a)(b)')", 'must not have more than 1 capturing group'],
      [
        "SELECT REGEXP_EXTRACT_ALL('a1b2', '[a-z][0-9]'), REGEXP_EXTRACT_ALL('a1b2', '[a-z]([0-9])'), REGEXP_EXTRACT_ALL('x', '[0-9]')",
        [[['a1', 'b2'], ['1', '2'], []]],
      ],
      [
        "SELECT REGEXP_REPLACE('# Heading', r'^# ([a-zA-Z0-9\\s]+$)', '<h1>\\\\1</h1>'), REGEXP_REPLACE('aaa', 'a', 'b')",
        [['<h1>Heading</h1>', 'bbb']],
      ],
      [
        "SELECT FORMAT('%d', 5), FORMAT('%s-%05d', 'a', 42), FORMAT('%.2f %%', 1.005), FORMAT('%t', DATE '2026-03-01')",
        [['5', 'a-00042', '1.00 %', '2026-03-01']],
      ],
      ["SELECT FORMAT('%d', 'a')", 'Invalid type for argument 2 to FORMAT'],
      ["SELECT FORMAT('%p', 1)", 'does not model the format specifier %p'],
      ['SELECT UPPER(5)', 'No matching signature for function UPPER for argument types: INT64 at [1:8]'],
      ["SELECT NORMALIZE('a')", 'Function not found: NORMALIZE at [1:8]'],
    ],
  },
  {
    page: 'reference/standard-sql/mathematical_functions',
    probes: [
      ['SELECT ABS(-25), ABS(-2.5), SIGN(-5), SIGN(2.5)', [[25n, 2.5, -1n, 1]]],
      ['SELECT ROUND(2.5), ROUND(-2.5), ROUND(123.7, -1), ROUND(1.235, 2), ROUND(7)', [[3, -3, 120, 1.24, 7]]],
      ['SELECT CEIL(1.2), FLOOR(-1.2), TRUNC(-1.8), CEIL(2), TRUNC(2)', [[2, -2, -1, 2, 2]]],
      ['SELECT DIV(20, 4), DIV(-7, 2), MOD(25, 12), MOD(-7, 2)', [[5n, -3n, 1n, -1n]]],
      ['SELECT DIV(1, 0)', 'division by zero'],
      ['SELECT MOD(1, 0)', 'division by zero'],
      ['SELECT SAFE_DIVIDE(20, 4), SAFE_DIVIDE(1, 0), IEEE_DIVIDE(20.0, 4.0)', [[5, null, 5]]],
      [
        'SELECT SAFE_ADD(9223372036854775807, 1), SAFE_ADD(5, 4), SAFE_MULTIPLY(9223372036854775807, 2), SAFE_SUBTRACT(5, 4)',
        [[null, 9n, null, 1n]],
      ],
      [
        'SELECT POW(2.0, 3.0), POWER(2, 10), SQRT(25.0), EXP(0.0), LN(1.0), LOG(100.0, 10.0), LOG10(1000)',
        [[8, 1024, 5, 1, 0, 2, 3]],
      ],
      ['SELECT SQRT(-1)', 'negative'],
      ['SELECT POW(0, -1)', 'Floating point error in function: POW'],
      ['SELECT SAFE.POW(-1, 0.5), POW(2, -1)', [[null, 0.5]]],
      ['SELECT SAFE.SQRT(-1), SAFE.LN(0)', [[null, null]]],
      ['SELECT SAFE.LN(x - 1), SAFE.SQRT(x + SAFE.LN(x - 1)) FROM UNNEST([1.0]) AS x', [[null, null]]],
      ['SELECT SAFE.LN(1 / x) FROM UNNEST([0]) AS x', 'division by zero'],
      ['SELECT SAFE.LN(y) FROM (SELECT 1 / x AS y FROM UNNEST([0]) AS x)', 'division by zero'],
      ["SELECT SAFE.SUBSTR(ERROR('no'), 1, -1)", 'No matching signature'],
      [
        "SELECT SAFE.PARSE_DATE('%Y-%m-%d', CONCAT('no', 'date')), SAFE.DATE_ADD(DATE '2026-12-31', INTERVAL 1 DAY)",
        [[null, '2027-01-01']],
      ],
      ["SELECT SAFE.DATE_ADD(DATE '2026-01-01', INTERVAL DIV(1, 0) DAY)", 'does not model a computed INTERVAL'],
      ["SELECT SAFE.DATE_ADD('2026-02-30', INTERVAL 1 DAY)", 'Conversion Error'],
      ['SELECT EXP(1000)', 'double overflow'],
      ['SELECT POW(10, 400)', 'double overflow'],
      [
        'SELECT SAFE.EXP(1000), SAFE.POW(10, 400), EXP(-1000), SAFE_MULTIPLY(1e308, 10.0), SAFE_DIVIDE(1e308, 1e-8)',
        [[null, null, 0, null, null]],
      ],
      [
        "SELECT LEAST(1.0, x), GREATEST(1.0, x), SAFE_ADD(x, 1.0) FROM UNNEST([CAST('nan' AS FLOAT64)]) AS x",
        [[NaN, NaN, NaN]],
      ],
      ["SELECT EXP(x), SAFE_ADD(x, 1.0), 1 / x FROM UNNEST([CAST('inf' AS FLOAT64)]) AS x", [[Infinity, Infinity, 0]]],
      ['SELECT GREATEST(3, 5, 1), LEAST(3, 5.5), GREATEST(1, NULL)', [[5n, 3, null]]],
      ['SELECT NOT_A_FUNCTION(1)', 'Function not found: NOT_A_FUNCTION at [1:8]'],
      ['SELECT MOD(5)', 'No matching signature for function MOD for argument types: INT64'],
    ],
  },
  {
    page: 'reference/standard-sql/array_functions',
    probes: [
      [
        'SELECT [1, 2, 3][OFFSET(0)], [1, 2, 3][ORDINAL(1)], [1, 2, 3][SAFE_OFFSET(5)], [1, 2, 3][SAFE_ORDINAL(0)], [1, 2, 3][1]',
        [[1n, 1n, null, null, 2n]],
      ],
      ['SELECT [1, 2][OFFSET(2)]', 'Array index 2 is out of bounds'],
      ['SELECT [1, 2][OFFSET(-1)], 1', 'Array index -1 is out of bounds'],
      ["SELECT [STRUCT('a' AS f, 1 AS g)][OFFSET(0)].f", [['a']]],
      [
        'SELECT ARRAY_LENGTH([1, 2]), ARRAY_LENGTH(ARRAY<INT64>[]), ARRAY_REVERSE([1, 2, 3]), ARRAY_CONCAT([1, 2], [3], [])',
        [[2n, 0n, [3n, 2n, 1n], [1n, 2n, 3n]]],
      ],
      [
        "SELECT ARRAY_TO_STRING(['coffee', 'tea', 'milk'], ','), ARRAY_TO_STRING(['cake', NULL], '--', 'MISSING'), ARRAY_TO_STRING(['cake', NULL], '--')",
        [['coffee,tea,milk', 'cake--MISSING', 'cake']],
      ],
      [
        'SELECT GENERATE_ARRAY(1, 5), GENERATE_ARRAY(0, 10, 3), GENERATE_ARRAY(10, 0, -3), GENERATE_ARRAY(4, 4, 10), GENERATE_ARRAY(10, 0, 3)',
        [[[1n, 2n, 3n, 4n, 5n], [0n, 3n, 6n, 9n], [10n, 7n, 4n, 1n], [4n], []]],
      ],
      ['SELECT GENERATE_ARRAY(1, 5, 0)', 'Sequence step cannot be 0.'],
      [
        "SELECT GENERATE_DATE_ARRAY('2016-10-05', '2016-10-08'), GENERATE_DATE_ARRAY('2016-01-01', '2016-12-31', INTERVAL 4 MONTH)",
        [
          [
            ['2016-10-05', '2016-10-06', '2016-10-07', '2016-10-08'],
            ['2016-01-01', '2016-05-01', '2016-09-01'],
          ],
        ],
      ],
      ['SELECT ARRAY(SELECT x * 2 FROM UNNEST([3, 1, 2]) AS x ORDER BY x)', [[[2n, 4n, 6n]]]],
      ['SELECT ARRAY(SELECT AS STRUCT 1 AS a, 2 AS b)', [[[{ a: 1n, b: 2n }]]]],
      ['SELECT ARRAY(SELECT 1 AS a, 2 AS b)', 'ARRAY subquery cannot have more than one column'],
      ["SELECT [1, 'a']", 'do not have a common supertype'],
      ['SELECT [[1], [2]]', 'nested arrays are not supported'],
      [
        'SELECT [1, 2.5], ARRAY<FLOAT64>[1, 2]',
        [
          [
            [1, 2.5],
            [1, 2],
          ],
        ],
      ],
      [
        'SELECT (SELECT SUM(x) FROM UNNEST([1, 2, 3]) AS x), EXISTS(SELECT 1 FROM UNNEST([1]) AS x WHERE x > 5)',
        [[6n, false]],
      ],
    ],
  },
  {
    page: 'reference/standard-sql/json_functions',
    probes: [
      [
        'SELECT JSON_VALUE(\'{"name": "Jakob", "age": "6"}\', \'$.age\'), JSON_VALUE(\'{"a": {"b": 1}}\', \'$.a\'), JSON_VALUE(\'{"a": null}\', \'$.a\')',
        [['6', null, null]],
      ],
      ["SELECT JSON_QUERY('{\"a\": {\"b\": 1}}', '$.a'), JSON_QUERY('{\"a\": [1, 2]}', '$.a[1]')", [['{"b":1}', '2']]],
      ['SELECT JSON_EXTRACT_SCALAR(\'{"a": "x"}\', \'$.a\'), JSON_VALUE(\'["x", "y"]\', \'$[1]\')', [['x', 'y']]],
      [
        "SELECT TO_JSON_STRING('a\"b'), TO_JSON_STRING(5), TO_JSON_STRING(DATE '2026-03-01')",
        [['"a\\"b"', '5', '"2026-03-01"']],
      ],
      ["SELECT JSON_VALUE('{}', '$..a')", 'does not model the JSON path $..a'],
      ['SELECT JSON \'{"a": 1}\'.a', 'does not model fields of JSON values'],
    ],
  },
];
