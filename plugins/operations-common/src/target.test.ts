import { freezeRequestSchema } from './freeze';
import { runRequestSchema } from './run';
import { entityRefSchema, timestampSchema } from './target';

describe('what is taken from outside', () => {
  it.each([
    { schema: entityRefSchema, good: 'component:default/shop', wrong: ['shop', 'component:default/a\u0000'] },
    { schema: entityRefSchema, good: `component:default/${'x'.repeat(63)}`, wrong: [`a:b/${'x'.repeat(255)}`] },
    {
      schema: timestampSchema,
      good: '2026-03-01T08:00:00+01:00',
      wrong: ['9999-12-31T23:59:59-14:00', '0000-01-01T00:00:00+01:00', '2026-01-01T00:00:00+99:99', '2026-01-01'],
    },
  ])('fits where it is kept: $good', ({ schema, good, wrong }) => {
    expect(schema.safeParse(good).success).toBe(true);
    for (const text of wrong) expect(schema.safeParse(text).success).toBe(false);
  });

  it('has no NUL, which PostgreSQL does not keep', () => {
    const planId = '9b2d2b7e-1f8e-4f0e-9d6c-3a7f8a3b5c10';
    const endsAt = '2999-01-01T00:00:00Z';
    expect(runRequestSchema.safeParse({ planId, idempotencyKey: 'a\u0000' }).success).toBe(false);
    const freeze = { scope: { cluster: 'k3s\u0000' }, reason: 'x', endsAt };
    expect(freezeRequestSchema.safeParse(freeze).success).toBe(false);
  });
});
