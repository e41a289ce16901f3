import { frostModelOf, modelOf, predictionsOf, summaryOf } from '../__testUtils__/testData';
import { agree } from './agree';
import { compareMetrics } from './comparison';
import { bestOf, countsAt, precisionRecallPoints, rocPoints } from './evaluationMath';
import { predictionsToCsv } from './exportPredictions';
import { readFeatureValue, warnOfValue } from './featureValue';
import { formatCost, formatNumber } from './formatNumber';
import { isNormalEquation } from './iterations';
import { lastMonths } from './jobFilter';
import { modelHealthOf } from './modelHealth';
import { questionFormat, questionOf, readQuestion, readRow } from './question';
import { readTable } from './readTable';
import { predictSql } from './sqlSnippet';
import { trainsModel } from './trainsModel';

const { features } = modelOf();
const now = new Date('2026-03-01T08:00:00Z');

describe('values of features', () => {
  it.each([
    ['2025', 'INT64', 2025],
    [' 2025 ', 'INT64', 2025],
    ['9007199254740993', 'INT64', '9007199254740993'],
    ['1.5', 'INT64', undefined],
    ['1.5', 'FLOAT64', 1.5],
    ['1.50', 'NUMERIC', '1.50'],
    ['TRUE', 'BOOL', true],
    ['2026-02-30', 'DATE', undefined],
    ['', 'INT64', null],
    ['1', 'GEOGRAPHY', undefined],
  ])('%s as %s is %s', (text, type, value) => expect(readFeatureValue(text, type)).toEqual(value));

  it('warns of what the model has never seen', () => {
    const month = { name: 'month', type: 'INT64', min: 1, max: 3, categories: [], weights: [] };
    const sky = { name: 'sky', type: 'STRING', categoryCount: 1, categories: ['clear'], weights: [] };
    expect(warnOfValue(4, month)).toEqual({ kind: 'above', bound: 3 });
    expect(warnOfValue(0, month)).toEqual({ kind: 'below', bound: 1 });
    expect(warnOfValue(3, month)).toBeUndefined();
    expect(warnOfValue('fog', sky)).toEqual({ kind: 'unknownCategory' });
    expect(warnOfValue('fog', { ...sky, categoryCount: 500 })).toBeUndefined();
  });
});

describe('questions', () => {
  it('go through the address and come back', () => {
    const question = {
      mode: 'many' as const,
      values: { year: '2025', month: '1' },
      table: 'year,month\n2025,1',
      isExplained: true,
      threshold: 0.3,
    };
    expect(questionFormat.parse(questionFormat.format(question))).toEqual(question);
    expect(questionFormat.format({ ...question, table: 'x'.repeat(4_001) }).has('table')).toBe(false);
  });

  it('are asked again as they were asked', () => {
    const rows = [
      { year: 2025, month: 1 },
      { year: 2025, month: null },
    ];
    const again = { ...questionFormat.parse(new URLSearchParams()), ...questionOf(rows, features) };
    expect(readQuestion(again, features).rows).toEqual(rows);
    const one = { ...again, ...questionOf(rows.slice(0, 1), features) };
    expect(readQuestion(one, features).rows).toEqual(rows.slice(0, 1));
  });

  it('are none while nothing, or nonsense, is filled in', () => {
    expect(readRow({}, features)).toBeUndefined();
    expect(readRow({ year: 'soon' }, features)).toBeUndefined();
    expect(readRow({ year: '2025' }, features)).toEqual({ year: 2025, month: null });
  });
});

describe('pasted tables', () => {
  it.each([
    ['commas with a heading, in any order', 'month,year,extra\n1,2025,x'],
    ['tabs of a spreadsheet', 'year\tmonth\r\n2025\t1\r\n'],
    ['semicolons, quoted', 'year;month\n"2025";"1"'],
    ['no heading', '2025,1'],
  ])('with %s', (_name, text) => {
    expect(readTable(text, features).rows.map(({ values }) => values)).toEqual([{ year: 2025, month: 1 }]);
  });

  it('say at which cell they are wrong', () => {
    const table = readTable('year,month\n2025,1\n2025,May\n,2', features);
    expect(table.rows.map(({ faults }) => faults)).toEqual([[], [1], []]);
    expect(table.faultCount).toBe(1);
    expect(table.rows[2].values).toEqual({ year: null, month: 2 });
  });

  it('say why they cannot be taken as a whole', () => {
    expect(readTable('year\n2025', features).problem).toEqual({ kind: 'missing', columns: ['month'] });
    expect(readTable('year,month\n"2025,1', features).problem).toEqual({ kind: 'unreadable' });
    expect(readTable('1,2\n'.repeat(1_001), features).problem).toEqual({ kind: 'tooMany', rowCount: 1_001 });
    expect(readTable('year,month,why\n1,2,3', features).ignored).toEqual(['why']);
  });
});

describe('what is taken along', () => {
  it('has a line a prediction, and no formula for a spreadsheet', () => {
    const csv = predictionsToCsv(
      predictionsOf({
        label: 'sky',
        predictions: [
          {
            features: { name: '=cmd()', note: 'a "b", c', t: -2 },
            predicted: 'clear',
            probabilities: [{ label: 'clear', probability: 0.75 }],
            explanation: { baseline: 0.1, attributions: [{ feature: 't', attribution: -0.5 }] },
          },
        ],
      }),
    );
    expect(csv).toBe(
      'name,note,t,predicted_sky,probability_clear,baseline,attribution_t\r\n' +
        `'=cmd(),"a ""b"", c",-2,clear,0.75,0.1,-0.5\r\n`,
    );
  });

  it('has a statement for BigQuery', () => {
    expect(predictSql(modelOf())).toContain('MODEL `homelab-lamp.weather_analysis.temp_prediction_model`');
    expect(predictSql(modelOf())).toContain('1 AS `year`,\n    1 AS `month`');
  });
});

describe('quality', () => {
  it('is read at the nearest threshold that was measured', () => {
    const { evaluation } = frostModelOf().trainingRuns[0];
    if (evaluation.kind !== 'binary') throw new Error('This model is binary');
    expect(countsAt(evaluation.thresholds, 0.6)?.threshold).toBe(0.5);
    expect(rocPoints(evaluation)).toEqual([
      { x: 0, y: 0 },
      { x: 0, y: 0.3 },
      { x: 0.1, y: 0.8 },
      { x: 0.3, y: 1 },
      { x: 1, y: 1 },
    ]);
    expect(precisionRecallPoints(evaluation)).toEqual([{ x: 0.8, y: 0.8 }]);
  });

  it('knows of which metrics less is better', () => {
    expect(bestOf('log_loss', [0.4, 0.2, undefined])).toBe(1);
    expect(bestOf('r2_score', [0.4, 0.2])).toBe(0);
    expect(bestOf('r2_score', [0.4, 0.4])).toBeUndefined();
  });

  it('is not compared between models of different questions', () => {
    const [mae] = compareMetrics([modelOf(), frostModelOf()]);
    expect(mae).toEqual({ metric: 'mean_absolute_error', values: [0.11, 0.2], best: undefined });
  });

  it.each([
    [{}, 'good'],
    [{ expiresAt: '2026-03-03T00:00:00Z' }, 'expiring'],
    [{ quality: { metric: 'r2_score', value: -0.1 } }, 'poor'],
    [{ quality: { metric: 'roc_auc', value: 0.5 } }, 'poor'],
    [{ quality: undefined }, 'unmeasured'],
    [{ quality: undefined, isKnownType: false }, 'readOnly'],
  ] as const)('%j is %s', (overrides, health) => {
    expect(modelHealthOf(summaryOf(overrides), now)).toBe(health);
  });

  it('agrees with a service that rounds', () => {
    expect(agree(2.266666, 2.27)).toBe(true);
    expect(agree(2.266666, 2.3)).toBe(false);
    expect(agree('true', true)).toBe(true);
  });
});

it('a model that was solved has no curve', () => {
  expect(isNormalEquation(modelOf().trainingRuns[0])).toBe(true);
  expect(isNormalEquation(frostModelOf().trainingRuns[0])).toBe(false);
});

it('numbers are short, and say what they have to', () => {
  expect([2.2666666, 0.00001234, 123456.789, 0].map(value => formatNumber(value))).toEqual([
    '2.2667',
    '1.234E-5',
    '123,457',
    '0',
  ]);
  expect(formatCost({ amount: 0.0000625, currency: 'USD' })).toBe('$0.000063');
});

it('a training of a candidate is a training of its model', () => {
  const job = (model: string) => ({ statementType: 'CREATE_MODEL', model });
  expect(trainsModel(job('p.d.m'), 'p.d.m')).toBe(true);
  expect(trainsModel(job('p.d.m__candidate_3d5a9acb'), 'p.d.m')).toBe(true);
  expect(trainsModel(job('p.d.m2'), 'p.d.m')).toBe(false);
  expect(trainsModel({ ...job('p.d.m'), statementType: 'SELECT' }, 'p.d.m')).toBe(false);
});

it('months go back over the year', () => {
  expect(lastMonths(3, new Date('2026-02-01T00:00:00Z'))).toEqual(['2026-02', '2026-01', '2025-12']);
});
