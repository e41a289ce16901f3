import fc from 'fast-check';
import { modelOf, trainedBy } from './modelOf';

const model = 'homelab-lamp.w.m';

it.each([
  ['CREATE OR REPLACE MODEL `homelab-lamp.w.m` OPTIONS()', model],
  ['CREATE MODEL IF NOT EXISTS `homelab-lamp`.`w`.`m` OPTIONS()', model],
  ['DROP MODEL IF EXISTS w.m', model],
  ['SELECT * FROM ML.PREDICT(MODEL w.m, (SELECT 1))', model],
  ['SELECT * FROM ML.PREDICT(model/* which? */homelab-lamp . w . m, (SELECT 1))', model],
  ['-- like MODEL w.other\nCREATE MODEL w.m OPTIONS()', model],
  ['# MODEL w.other\r\nCREATE MODEL w.m OPTIONS()', model],
  ['/* MODEL w.other\n-- */ CREATE MODEL w.m OPTIONS()', model],
  ["SELECT 'it\\'s MODEL w.other' FROM ML.PREDICT(MODEL w.m, (SELECT 1))", model],
  ['SELECT r"\\" MODEL w.other" FROM ML.PREDICT(MODEL w.m, (SELECT 1))', model],
  ["SELECT '''a 'b' \\'''\nMODEL w.other''', '-- ', \"#\" FROM ML.PREDICT(MODEL w.m, (SELECT 1))", model],
  ['SELECT `MODEL w.other` FROM ML.PREDICT(MODEL w.m, TABLE w.t)', model],
  ['SELECT x AS model FROM ML.PREDICT(MODEL w.m, (SELECT model FROM t))', model],
  ['CREATE MODEL m OPTIONS()', undefined],
  ["SELECT 'MODEL w.m'", undefined],
  ['SELECT 1 -- MODEL w.m', undefined],
  ['SELECT 1 /* MODEL w.m', undefined],
  ["SELECT ''' MODEL w.m", undefined],
  ['SELECT 1', undefined],
  ['CREATE MODEL `a`b`', undefined],
  [undefined, undefined],
])('the model of %j', (sql, expected) => expect(modelOf(sql, 'homelab-lamp')).toBe(expected));

it.each([
  ['CREATE OR REPLACE MODEL `homelab-lamp.w.m` OPTIONS()', model],
  ['/* a */ create model if not exists w . m OPTIONS() AS SELECT 1', model],
  ['CREATE MODEL m OPTIONS() AS SELECT * FROM ML.PREDICT(MODEL w.other, TABLE w.t)', 'homelab-lamp.by_default.m'],
  ['CREATE MODEL `m m` OPTIONS() AS SELECT * FROM ML.PREDICT(MODEL w.other, TABLE w.t)', undefined],
  ['SELECT * FROM ML.PREDICT(MODEL w.m, (SELECT 1))', undefined],
  ['DROP MODEL w.m', undefined],
])('the model that %j trains', (sql, expected) =>
  expect(trainedBy(sql, { project: 'homelab-lamp', dataset: 'by_default' })).toBe(expected),
);

it('takes nothing out of a comment or a text, whatever stands in it', () => {
  const nasty = fc
    .array(
      fc.constantFrom(
        'MODEL w.other',
        ' ',
        "'",
        '"',
        '`',
        '\\',
        '--',
        '#',
        '/*',
        '*/',
        '(',
        ')',
        ';',
        "'''",
        '\n',
        'é',
      ),
    )
    .map(parts => parts.join(''));
  const oneLine = nasty.map(text => text.replaceAll('\n', ' '));
  const escaped = (quote: string) =>
    nasty.map(text => text.replace(/[\\'"]/g, '\\$&').replace(/\n/g, quote.length === 1 ? ' ' : '\n'));
  const hidden = fc.oneof(
    oneLine.map(text => `--${text}\n`),
    oneLine.map(text => `#${text}\n`),
    nasty.map(text => `/*${text.replaceAll('*/', '')}*/`),
    ...["'", '"', "'''", '"""'].map(quote => escaped(quote).map(text => `${quote}${text}${quote}`)),
  );
  fc.assert(
    fc.property(hidden, hidden, (before, after) => {
      expect(modelOf(`SELECT ${before} FROM ML.PREDICT(MODEL w.m, (SELECT ${after}))`, 'homelab-lamp')).toBe(model);
      expect(modelOf(`SELECT ${before} x`, 'homelab-lamp')).toBeUndefined();
    }),
  );
});
