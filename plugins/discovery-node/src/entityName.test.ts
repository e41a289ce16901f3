import fc from 'fast-check';
import { entityNameOf } from './entityName';

const part = fc.oneof(
  fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?$/),
  fc.stringMatching(/^[a-zA-Z0-9._-]{1,80}$/),
  fc.string({ minLength: 1, maxLength: 30 }),
);

describe('entityNameOf', () => {
  it.each([
    [['homelab-k3s', 'microservices', 'backend'], /^homelab-k3s\.microservices\.backend$/],
    [['homelab-k3s'], /^homelab-k3s$/],
    [['Prod', 'shop', 'web'], /^prod-shop-web-[0-9a-f]{12}$/],
    [['k3s', 'shop', 'a.b'], /^k3s-shop-a-b-[0-9a-f]{12}$/],
    [['k3s', 'n'.repeat(63), 'web'], /^k3s-n+-[0-9a-f]{12}$/],
    [['k3s-0123456789ab'], /^k3s-0123456789ab-[0-9a-f]{12}$/],
    [['…'], /^[0-9a-f]{12}$/],
  ])('names %j', (parts, expected) => {
    expect(entityNameOf(...parts)).toMatch(expected);
  });

  it('always gives a valid name of an entity', () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 3 }), parts => {
        const name = entityNameOf(...parts);
        expect(name).toMatch(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/);
        expect(name.length).toBeLessThanOrEqual(63);
      }),
    );
  });

  it('gives different parts different names', () => {
    const places = fc.tuple(part, part, part);
    fc.assert(
      fc.property(places, places, (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        expect(entityNameOf(...one)).not.toBe(entityNameOf(...other));
      }),
      { numRuns: 500 },
    );
    // What only differs in where the dots are, or in how it is written.
    const alike = [
      ['a', 'b.c', 'd'],
      ['a.b', 'c', 'd'],
      ['a', 'b', 'c.d'],
      ['a', 'b-c', 'd'],
      ['A', 'b-c', 'd'],
      ['a-b', 'c', 'd'],
    ];
    expect(new Set(alike.map(parts => entityNameOf(...parts))).size).toBe(alike.length);
  });

  it('keeps a name that looks hashed apart from the one that is', () => {
    const hashed = entityNameOf('Prod');
    expect(entityNameOf(hashed)).not.toBe(hashed);
  });
});
