import fc from 'fast-check';
import { predictQuery } from '../model/predictQuery';
import { quoteColumn, quoteModel, quoteTable } from './identifiers';

const ref = { project: 'homelab-lamp', dataset: 'weather', model: 'rain-1' };

it('quotes each part', () => {
  expect(quoteModel(ref)).toBe('`homelab-lamp`.`weather`.`rain-1`');
  expect(quoteTable({ ...ref, table: 'days' })).toBe('`homelab-lamp`.`weather`.`days`');
  expect(quoteColumn('avg_temp')).toBe('`avg_temp`');
});

/** Texts of which many hold what ends an identifier. */
const nasty = fc.oneof(
  fc.string(),
  fc
    .tuple(fc.string(), fc.constantFrom('`', "'", '"', '.', ';', '\\', '\n', '--', '/*', ' '), fc.string())
    .map(parts => parts.join('')),
);

it('lets nothing out of its quotes, whatever a name is', () => {
  fc.assert(
    fc.property(nasty, fc.constantFrom('project', 'dataset', 'model', 'column'), (text, part) => {
      let quoted: string;
      try {
        quoted = part === 'column' ? quoteColumn(text) : quoteModel({ ...ref, [part]: text });
      } catch {
        return true;
      }
      return /^`[\w-]+`(\.`[\w-]+`\.`[\w-]+`)?$/.test(quoted);
    }),
    { numRuns: 500 },
  );
});

it('puts no value of a row into the text of a query', () => {
  const features = [{ name: 'city', type: 'STRING' }];
  const textOf = (city: string) =>
    predictQuery({ ref, features, rows: [{ city }], threshold: undefined, explain: true });
  const { sql } = textOf('Berlin');
  fc.assert(fc.property(nasty, city => textOf(city).sql === sql));
});
