import { hasActivity } from './hasActivity';

describe('hasActivity', () => {
  it.each([
    ['Component', true],
    ['User', true],
    ['Resource', true],
    ['Group', false],
    ['Template', false],
  ])('%s: %s', (kind, expected) => {
    expect(hasActivity({ apiVersion: 'backstage.io/v1alpha1', kind, metadata: { name: 'x' } })).toBe(expected);
  });
});
