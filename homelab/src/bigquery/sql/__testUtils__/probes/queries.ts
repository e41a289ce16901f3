import type { ProbeGroup } from './Probe';

const produce =
  "WITH Produce AS (SELECT 'kale' AS item, 23 AS purchases, 'vegetable' AS category UNION ALL SELECT 'banana', 2, 'fruit' " +
  "UNION ALL SELECT 'cabbage', 9, 'vegetable' UNION ALL SELECT 'apple', 8, 'fruit' UNION ALL SELECT 'leek', 2, 'vegetable' " +
  "UNION ALL SELECT 'lettuce', 10, 'vegetable') ";

/** Queries as a whole: joins, groups, windows, sets. */
export const queryProbes: ProbeGroup[] = [
  {
    page: 'reference/standard-sql/query-syntax',
    probes: [
      ['SELECT * EXCEPT (a), b * 2 AS c FROM (SELECT 1 AS a, 2 AS b)', [[2n, 4n]]],
      ['SELECT * REPLACE (a + 10 AS a) FROM (SELECT 1 AS a, 2 AS b)', [[11n, 2n]]],
      ['SELECT * EXCEPT (z) FROM (SELECT 1 AS a)', 'Column z in SELECT * EXCEPT'],
      ['SELECT t.* FROM (SELECT 1 AS a, 2 AS b) AS t', [[1n, 2n]]],
      ['SELECT s.* FROM (SELECT STRUCT(1 AS a, 2 AS b) AS s)', [[1n, 2n]]],
      ['SELECT 1 AS a, 2 AS A', 'Duplicate column names in the result are not supported. Found duplicate(s): A'],
      ['SELECT 1 AS a, a + 1', 'Unrecognized name: a at [1:16]'],
      ['SELECT x AS y FROM (SELECT 1 AS x) WHERE y = 1', 'Unrecognized name: y'],
      ['SELECT t.z FROM (SELECT 1 AS x) AS t', 'Name z not found inside t at [1:8]'],
      ['SELECT x FROM (SELECT 1 AS x), (SELECT 2 AS x)', 'Column name x is ambiguous at [1:8]'],
      ['SELECT * FROM UNNEST([3, NULL, 1]) AS x ORDER BY x', [[null], [1n], [3n]]],
      ['SELECT * FROM UNNEST([3, NULL, 1]) AS x ORDER BY x DESC', [[3n], [1n], [null]]],
      ['SELECT * FROM UNNEST([3, NULL, 1]) AS x ORDER BY x NULLS LAST', [[1n], [3n], [null]]],
      ['SELECT x AS n FROM UNNEST([2, 1]) AS x ORDER BY 1', [[1n], [2n]]],
      ['SELECT -x AS x FROM UNNEST([1, 2]) AS x ORDER BY x', [[-2n], [-1n]]],
      ['SELECT x FROM UNNEST([1, 2]) AS x ORDER BY 2', 'ORDER BY is out of SELECT column number range: 2'],
      ['SELECT x FROM UNNEST([1, 2, 3]) AS x ORDER BY x LIMIT 1 OFFSET 1', [[2n]]],
      [
        "SELECT x, o FROM UNNEST(['a', 'b']) AS x WITH OFFSET AS o ORDER BY o",
        [
          ['a', 0n],
          ['b', 1n],
        ],
      ],
      ["SELECT x, offset FROM UNNEST(['a']) AS x WITH OFFSET", [['a', 0n]]],
      [
        "SELECT id, x FROM (SELECT 1 AS id, ['a', 'b'] AS xs) AS t, t.xs AS x ORDER BY x",
        [
          [1n, 'a'],
          [1n, 'b'],
        ],
      ],
      [
        "SELECT id, x FROM (SELECT 1 AS id, ['a', 'b'] AS xs), UNNEST(xs) AS x ORDER BY x",
        [
          [1n, 'a'],
          [1n, 'b'],
        ],
      ],
      ['SELECT id, x FROM (SELECT 1 AS id, ARRAY<INT64>[] AS xs) AS t LEFT JOIN UNNEST(t.xs) AS x', [[1n, null]]],
      ["SELECT a, p.b FROM UNNEST([STRUCT(1 AS a, 'x' AS b)]) AS p", [[1n, 'x']]],
      ["SELECT * FROM UNNEST([STRUCT(1 AS a, 'x' AS b)])", [[1n, 'x']]],
      ['SELECT a.x, b.y FROM (SELECT 1 AS x) AS a LEFT JOIN (SELECT 2 AS x, 3 AS y) AS b ON a.x = b.x', [[1n, null]]],
      ['SELECT * FROM (SELECT 1 AS id, 2 AS a) JOIN (SELECT 1 AS id, 3 AS b) USING (id)', [[1n, 2n, 3n]]],
      [
        'SELECT id, a, b FROM (SELECT 1 AS id, 2 AS a) FULL JOIN (SELECT 4 AS id, 3 AS b) USING (id) ORDER BY id',
        [
          [1n, 2n, null],
          [4n, null, 3n],
        ],
      ],
      ['SELECT 1 FROM (SELECT 1 AS x) AS a JOIN (SELECT 1 AS x) AS b', 'Expected keyword ON or keyword USING'],
      ['SELECT 1 FROM (SELECT 1 AS x) AS a, (SELECT 1 AS x) AS a', 'Duplicate table alias a'],
      ['SELECT 1 UNION SELECT 2', 'Expected keyword ALL or keyword DISTINCT but got keyword SELECT'],
      ['SELECT 1 AS x UNION ALL SELECT 2.5 ORDER BY x', [[1], [2.5]]],
      ["SELECT 1 UNION ALL SELECT 'a'", 'Column 1 in UNION ALL has incompatible types: INT64, STRING at [1:10]'],
      [
        'SELECT 1 UNION ALL SELECT 1, 2',
        'Queries in UNION ALL have mismatched column count; query 1 has 1 column, query 2 has 2 columns',
      ],
      ['SELECT * FROM UNNEST([1, 1, 2, 3]) EXCEPT DISTINCT SELECT 3 ORDER BY 1', [[1n], [2n]]],
      ['SELECT * FROM UNNEST([1, 1, 2]) INTERSECT DISTINCT SELECT 1', [[1n]]],
      ['SELECT 1 AS x UNION DISTINCT SELECT 1', [[1n]]],
      ['(SELECT 1 AS x) UNION ALL (SELECT 2) ORDER BY x DESC', [[2n], [1n]]],
      [
        'WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t WHERE n < 3) SELECT n FROM t ORDER BY n',
        [[1n], [2n], [3n]],
      ],
      ['WITH a AS (SELECT 1 AS x), b AS (SELECT x + 1 AS y FROM a) SELECT y FROM b', [[2n]]],
      [
        'SELECT x FROM (SELECT 1 AS x) AS t WHERE x = (SELECT MAX(u.y) FROM (SELECT 1 AS y) AS u WHERE u.y = t.x)',
        [[1n]],
      ],
      ['SELECT x FROM UNNEST([1, 2, 3]) AS x WHERE x IN (SELECT y FROM UNNEST([2, 3]) AS y) ORDER BY x', [[2n], [3n]]],
      ['SELECT AS STRUCT 1 AS a', [[{ a: 1n }]]],
      [
        "SELECT (1, 2) AS s, STRUCT<a INT64, b STRING>(1, 'x') AS t",
        [
          [
            { _field_1: 1n, _field_2: 2n },
            { a: 1n, b: 'x' },
          ],
        ],
      ],
      ['SELECT DISTINCT x FROM UNNEST([1, 1, 2]) AS x ORDER BY x', [[1n], [2n]]],
      ['SELECT DISTINCT x AS y FROM UNNEST([1]) AS x ORDER BY x', 'Unrecognized name: x'],
      ['SELECT 1 WHERE 1', 'WHERE clause should return type BOOL, but returns INT64'],
      ['SELECT * FROM (SELECT 1 AS x) PIVOT(SUM(x) FOR x IN (1))', 'does not model PIVOT'],
      ['SELECT * FROM nowhere', 'Table "nowhere" must be qualified with a dataset'],
      ['SELECT * FROM here.nowhere', 'Not found: Table'],
      ['FROM x |> SELECT y', 'does not model pipe syntax'],
      ['SELECT 1 LIMIT 1 + 1', 'expects INT64 literals or parameters'],
    ],
  },
  {
    page: 'reference/standard-sql/aggregate_functions',
    probes: [
      [
        'SELECT COUNT(*), COUNT(x), COUNT(DISTINCT x), COUNTIF(x > 1) FROM UNNEST([1, 1, NULL, 4]) AS x',
        [[4n, 3n, 2n, 1n]],
      ],
      ['SELECT SUM(x), AVG(x), MIN(x), MAX(x), SUM(DISTINCT x) FROM UNNEST([2, 2, 5]) AS x', [[9n, 3, 2n, 5n, 7n]]],
      [
        "SELECT x FROM UNNEST([1.0, CAST('nan' AS FLOAT64), NULL, CAST('-inf' AS FLOAT64)]) AS x ORDER BY x",
        [[null], [NaN], [-Infinity], [1]],
      ],
      [
        "SELECT -x AS x FROM UNNEST([1.0, CAST('nan' AS FLOAT64), NULL, 2.0]) AS x ORDER BY 1 DESC",
        [[-1], [-2], [NaN], [null]],
      ],
      [
        "SELECT -x AS x FROM UNNEST([1.0, CAST('nan' AS FLOAT64), NULL, 2.0]) AS x ORDER BY x DESC NULLS FIRST",
        [[null], [-1], [-2], [NaN]],
      ],
      [
        "SELECT DISTINCT -x AS x FROM UNNEST([1.0, CAST('nan' AS FLOAT64), 1.0, 2.0]) AS x ORDER BY x LIMIT 2",
        [[NaN], [-2]],
      ],
      ["SELECT 1.5 AS x UNION ALL SELECT CAST('nan' AS FLOAT64) UNION ALL SELECT 1.0 ORDER BY x", [[NaN], [1], [1.5]]],
      ['(SELECT 1.5 AS x) ORDER BY x + 1', [[1.5]]],
      [
        'SELECT k, SUM(x) AS s FROM UNNEST([STRUCT(1 AS k, 2.0 AS x), STRUCT(2 AS k, 1.0 AS x), STRUCT(1 AS k, 0.5 AS x)]) GROUP BY k ORDER BY s, SUM(x)',
        [
          [2n, 1],
          [1n, 2.5],
        ],
      ],
      [
        'SELECT ARRAY_AGG(x ORDER BY x), ARRAY_AGG(DISTINCT x ORDER BY x DESC) FROM UNNEST([2.0, 1.0, 2.0]) AS x',
        [
          [
            [1, 2, 2],
            [2, 1],
          ],
        ],
      ],
      [
        "SELECT ARRAY_AGG(DISTINCT x ORDER BY x) FROM UNNEST([2.0, CAST('nan' AS FLOAT64)]) AS x",
        'does not model NaN here',
      ],
      [
        'SELECT x, RANK() OVER (ORDER BY x), SUM(x) OVER (ORDER BY x RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM UNNEST([2.0, 1.0, 5.0]) AS x ORDER BY x',
        [
          [1, 1n, 1],
          [2, 2n, 3],
          [5, 3n, 5],
        ],
      ],
      ["SELECT RANK() OVER (ORDER BY x) FROM UNNEST([2.0, CAST('nan' AS FLOAT64)]) AS x ORDER BY x", [[1n], [2n]]],
      ["SELECT SUM(x), AVG(x) FROM UNNEST([NUMERIC '1.5', NUMERIC '2.5']) AS x", [['4', '2']]],
      ['SELECT SUM(x), SUM(x + 0.5) FROM UNNEST(ARRAY<INT64>[]) AS x', [[null, null]]],
      ['SELECT SUM(x) FROM UNNEST([9223372036854775807, 1]) AS x', 'out of range'],
      ["SELECT SUM('a')", 'No matching signature for function SUM for argument types: STRING'],
      [
        'SELECT ARRAY_AGG(x ORDER BY x DESC LIMIT 2), ARRAY_AGG(DISTINCT x ORDER BY x), ARRAY_AGG(x IGNORE NULLS ORDER BY x) FROM UNNEST([2, 1, 2, 3]) AS x',
        [
          [
            [3n, 2n],
            [1n, 2n, 3n],
            [1n, 2n, 2n, 3n],
          ],
        ],
      ],
      ['SELECT ARRAY_AGG(x IGNORE NULLS ORDER BY x) FROM UNNEST([2, NULL, 1]) AS x', [[[1n, 2n]]]],
      [
        "SELECT STRING_AGG(x ORDER BY x), STRING_AGG(x, ' & ' ORDER BY LENGTH(x) DESC, x) FROM UNNEST(['apple', 'pear', 'banana']) AS x",
        [['apple,banana,pear', 'banana & apple & pear']],
      ],
      ['SELECT LOGICAL_AND(x < 3), LOGICAL_OR(x > 1) FROM UNNEST([1, 2]) AS x', [[true, true]]],
      ['SELECT ANY_VALUE(x), APPROX_COUNT_DISTINCT(x) FROM UNNEST([7, 7]) AS x', [[7n, 1n]]],
      ['SELECT APPROX_QUANTILES(x, 2) FROM UNNEST([1, 1, 1, 4, 5, 6, 7, 8, 9, 10]) AS x', [[[1n, 5n, 10n]]]],
      [
        'SELECT STDDEV_POP(x), VAR_SAMP(x), STDDEV(x) FROM UNNEST([2, 4, 4, 4, 5, 5, 7, 9]) AS x',
        [[2, 32 / 7, Math.sqrt(32 / 7)]],
      ],
      ['SELECT CORR(y, x) FROM (SELECT 1.0 AS y, 2.0 AS x UNION ALL SELECT 2.0, 4.0 UNION ALL SELECT 3.0, 6.0)', [[1]]],
      [
        `${produce}SELECT category, SUM(purchases) AS total FROM Produce GROUP BY category HAVING total > 10 ORDER BY category`,
        [['vegetable', 44n]],
      ],
      [
        `${produce}SELECT category AS c, COUNT(*) FROM Produce GROUP BY 1 ORDER BY c`,
        [
          ['fruit', 2n],
          ['vegetable', 4n],
        ],
      ],
      [
        `${produce}SELECT UPPER(category) AS c, COUNT(*) FROM Produce GROUP BY c ORDER BY 2`,
        [
          ['FRUIT', 2n],
          ['VEGETABLE', 4n],
        ],
      ],
      [
        `${produce}SELECT category, SUM(purchases) FROM Produce GROUP BY ROLLUP (category) ORDER BY category`,
        [
          [null, 54n],
          ['fruit', 10n],
          ['vegetable', 44n],
        ],
      ],
      ['SELECT SUM(*)', 'Argument * can only be used in COUNT(*)'],
      [
        'SELECT ROW_NUMBER() FROM (SELECT 1 AS x)',
        'Analytic function ROW_NUMBER cannot be called without an OVER clause',
      ],
      ["SELECT UPPER(x) OVER () FROM (SELECT 'a' AS x)", 'does not support an OVER clause'],
    ],
  },
  {
    page: 'reference/standard-sql/window-function-calls',
    probes: [
      [
        `${produce}SELECT item, SUM(purchases) OVER (PARTITION BY category ORDER BY purchases ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS total FROM Produce ORDER BY category, purchases`,
        [
          ['banana', 2n],
          ['apple', 10n],
          ['leek', 2n],
          ['cabbage', 11n],
          ['lettuce', 21n],
          ['kale', 44n],
        ],
      ],
      [
        `${produce}SELECT item FROM Produce QUALIFY RANK() OVER (PARTITION BY category ORDER BY purchases DESC) = 1 ORDER BY item`,
        [['apple'], ['kale']],
      ],
      [
        `${produce}SELECT item, RANK() OVER (PARTITION BY category ORDER BY purchases DESC) AS r FROM Produce WHERE category = 'vegetable' QUALIFY r <= 2 ORDER BY r`,
        [
          ['kale', 1n],
          ['lettuce', 2n],
        ],
      ],
      [
        'SELECT x, LAG(x) OVER (ORDER BY x), LEAD(x, 1, 0) OVER (ORDER BY x), FIRST_VALUE(x) OVER w FROM UNNEST([1, 2]) AS x WINDOW w AS (ORDER BY x) ORDER BY x',
        [
          [1n, null, 2n, 1n],
          [2n, 1n, 0n, 1n],
        ],
      ],
      [
        'SELECT AVG(x) OVER (ORDER BY x ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM UNNEST([1, 2, 6]) AS x ORDER BY 1',
        [[1.5], [3], [4]],
      ],
      [
        'SELECT LAST_VALUE(x IGNORE NULLS) OVER (ORDER BY o ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM UNNEST([1, 2, NULL]) AS x WITH OFFSET AS o LIMIT 1',
        [[2n]],
      ],
      ['SELECT PERCENTILE_CONT(x, 0.5) OVER () FROM UNNEST([0, 3, 1]) AS x LIMIT 1', [[1]]],
      [
        'SELECT x, DENSE_RANK() OVER (ORDER BY x), NTILE(2) OVER (ORDER BY x), PERCENT_RANK() OVER (ORDER BY x) FROM UNNEST([1, 2, 3]) AS x ORDER BY x',
        [
          [1n, 1n, 1n, 0],
          [2n, 2n, 1n, 0.5],
          [3n, 3n, 2n, 1],
        ],
      ],
    ],
  },
];
