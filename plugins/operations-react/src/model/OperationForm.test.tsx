import { z } from 'zod/v3';
import { checkForm, type OperationForm } from './OperationForm';

const schema = z.object({ replicas: z.coerce.number().int('a whole number').max(10, 'at most 10') }).strict();

describe('checkForm', () => {
  it('gives the door what the schema makes of the values', () => {
    expect(checkForm({ schema }, { replicas: '3' })).toEqual({ input: { replicas: 3 } });
  });

  it('says of each field the first thing that is wrong', () => {
    const { errors } = checkForm({ schema }, { replicas: '12.5', colour: 'red' });
    expect(errors?.get('replicas')).toBe('a whole number');
    expect(errors?.get('')).toMatch(/colour/);
  });
});

describe('OperationForm', () => {
  it('of any values is one for the dialog', () => {
    const specific: OperationForm<{ replicas: string }> = {
      schema,
      initialValues: { replicas: '1' },
      renderFields: ({ values }) => values.replicas,
    };
    const general: OperationForm = specific;
    expect(general).toBe(specific);
  });
});
