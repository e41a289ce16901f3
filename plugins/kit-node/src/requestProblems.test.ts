import { z } from 'zod/v3';
import { assertModest, describeProblems } from './requestProblems';

const schema = z.object({ rows: z.array(z.string()) }).strict();

function problemsOf(value: unknown): string {
  const { error } = schema.safeParse(value);
  return error ? describeProblems(error, 'body') : '';
}

describe('the problems of a request', () => {
  it.each([
    { value: { rows: [1] }, told: 'body.rows.0: Expected string, received number' },
    { value: { rows: Array(12).fill(1) }, told: /^(body\.rows\.\d: [^;]+; ){10}and 2 more$/ },
    { value: { rows: [], ['x'.repeat(5_000)]: 1 }, told: /^body: Unrecognized key.{200,300}…$/ },
  ])('are told shortly: $told', ({ value, told }) => {
    expect(problemsOf(value)).toEqual(expect.stringMatching(told));
  });

  it.each([
    { name: 'rows of a table', json: { rows: Array(1_000).fill({ a: 1, b: 'c' }) }, refusal: /^none$/ },
    { name: 'many values', json: { rows: Array(250_000).fill(0) }, refusal: /more than 250000 values/ },
    { name: 'many levels', json: JSON.parse('['.repeat(200_000) + ']'.repeat(200_000)), refusal: /deeper than 100/ },
    { name: 'a text', json: 'x'.repeat(4_000_000), refusal: /^none$/ },
  ])('begin with its size: $name', ({ json, refusal }) => {
    expect(refusalOf(json)).toMatch(refusal);
  });
});

function refusalOf(json: unknown): string {
  try {
    assertModest(json, 'body');
    return 'none';
  } catch (error) {
    return String(error);
  }
}
