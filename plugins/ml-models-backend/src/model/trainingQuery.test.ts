import { modelOf } from './readJob';
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
  ["CREATE MODEL m OPTIONS(a = '", undefined],
  ['CREATE MODEL m OPTIONS(a = 1)', undefined],
  ['CREATE MODEL m AS SELECT 1', undefined],
  ['SELECT 1', undefined],
])('the query of %j', (sql, query) => expect(trainingQueryOf(sql)).toBe(query));

it.each([
  ['CREATE OR REPLACE MODEL `homelab-lamp.w.m` OPTIONS()', 'homelab-lamp.w.m'],
  ['CREATE MODEL IF NOT EXISTS `homelab-lamp`.`w`.`m` OPTIONS()', 'homelab-lamp.w.m'],
  ['SELECT * FROM ML.PREDICT(MODEL w.m, (SELECT 1))', 'homelab-lamp.w.m'],
  ['SELECT 1', undefined],
  ['CREATE MODEL `a`b`', undefined],
  [undefined, undefined],
])('the model of %j', (sql, model) => expect(modelOf(sql, 'homelab-lamp')).toBe(model));
