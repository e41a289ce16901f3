import { trainingQueryOf } from './trainingQuery';

it.each([
  ["CREATE MODEL m OPTIONS(model_type='linear_reg') AS SELECT 1", 'SELECT 1'],
  [
    'create or replace model m\nOptions (a = "x)y", b = [\'(\']) \n as\nSELECT a FROM (SELECT 1 AS a);\n',
    'SELECT a FROM (SELECT 1 AS a)',
  ],
  [
    "CREATE MODEL m OPTIONS(a = 'it\\'s )') AS WITH x AS (SELECT 1) SELECT * FROM x",
    'WITH x AS (SELECT 1) SELECT * FROM x',
  ],
  ['CREATE MODEL m TRANSFORM(a) OPTIONS(b = ((1))) AS SELECT 2', 'SELECT 2'],
  [
    '/* OPTIONS(a) AS SELECT 0 */ CREATE MODEL m OPTIONS(a = 1 /* ) */) -- then\nAS # rows\nSELECT 3 -- all\n',
    'SELECT 3',
  ],
  ["CREATE MODEL m OPTIONS(a = r'\\')', b = '''it's ) ''') AS SELECT ';' AS x;", "SELECT ';' AS x"],
  ["CREATE MODEL m OPTIONS(a = '", undefined],
  ['CREATE MODEL m OPTIONS(a = 1) AS -- nothing', undefined],
  ['CREATE MODEL m OPTIONS(a = 1)', undefined],
  ['CREATE MODEL m AS SELECT 1', undefined],
  ['SELECT 1', undefined],
])('the query of %j', (sql, query) => expect(trainingQueryOf(sql)).toBe(query));
