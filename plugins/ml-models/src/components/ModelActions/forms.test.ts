import { modelOf } from '../../__testUtils__/testData';
import { expirationFormSchema } from './ExpirationForm';
import { labelsFormSchema } from './LabelsForm';
import { initialRetrainValues, retrainFormSchema } from './retrainSchema';

const words = { notANumber: 'NaN', gateEmpty: 'gate', sourceInvalid: 'source', optionsInvalid: 'options' };
const retrain = retrainFormSchema('LINEAR_REGRESSION', words);
const initial = initialRetrainValues(modelOf());
const problemsOf = (values: object) =>
  retrain.safeParse({ ...initial, ...values }).error?.issues.map(({ path, message }) => [path.join('.'), message]);

describe('the form of a training', () => {
  it('begins with the same data and a gate against what is worse', () => {
    expect(retrain.parse(initial)).toEqual({ gate: { metric: 'r2_score', maximumLoss: 0.05 } });
  });

  it('takes other data and options', () => {
    const values = { source: 'csv', csv: 'a,b\n1,2', table: 'worse', isWithOptions: true, l2Reg: '0,1', metric: '' };
    expect(retrain.parse({ ...initial, ...values })).toEqual({
      source: { kind: 'csv', csv: 'a,b\n1,2', table: 'worse' },
      options: { modelType: 'linear_reg', l2Reg: 0.1 },
    });
  });

  it.each([
    [{ source: 'table', table: 'a;b' }, [['table', 'source']]],
    [{ source: 'query', query: ' ' }, [['query', 'source']]],
    [{ maximumLoss: '' }, [['bound', 'gate']]],
    [{ isWithOptions: true, l2Reg: '-1' }, [['l2Reg', 'options']]],
  ])('says what is wrong with %j', (values, problems) => expect(problemsOf(values)).toEqual(problems));

  it('says what is no number', () => {
    expect(problemsOf({ bound: 'much' })).toContainEqual(['bound', 'NaN']);
  });
});

it('labels are read one a line', () => {
  const schema = labelsFormSchema('bad');
  expect(schema.parse({ text: 'team: ml\n\nstage=prod\nempty' })).toEqual({
    labels: { team: 'ml', stage: 'prod', empty: '' },
  });
  expect(schema.safeParse({ text: 'Team: ML' }).error?.issues[0]).toMatchObject({ path: ['text'], message: 'bad' });
});

it('an expiration is the end of a day to come, or none', () => {
  const schema = expirationFormSchema('no day', new Date('2026-03-01T08:00:00Z'));
  expect(schema.parse({ isKept: true, day: '' })).toEqual({ expiresAt: null });
  expect(schema.parse({ isKept: false, day: '2026-03-02' })).toEqual({ expiresAt: '2026-03-02T23:59:59.000Z' });
  for (const day of ['', '2026-02-01']) {
    expect(schema.safeParse({ isKept: false, day }).error?.issues[0]).toMatchObject({ path: ['day'] });
  }
});
