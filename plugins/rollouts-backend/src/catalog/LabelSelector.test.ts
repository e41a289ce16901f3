import { LabelSelector } from './LabelSelector';

const labels = { tier: 'web', 'app.kubernetes.io/part-of': 'shop' };

describe('LabelSelector', () => {
  it.each([
    ['tier=web', true],
    ['tier == web', true],
    ['tier=db', false],
    ['tier=', false],
    ['tier!=db', true],
    ['stage!=test', true],
    ['tier in (db, web)', true],
    ['tier notin (db,web)', false],
    ['stage notin (test)', true],
    ['stage in (test)', false],
    ['app.kubernetes.io/part-of', true],
    ['!tier', false],
    ['!stage', true],
    ['tier in (web,db),app.kubernetes.io/part-of=shop,!stage', true],
    ['tier=web,stage', false],
  ])('%s: %s', (text, expected) => {
    expect(LabelSelector.parse(text).matches(labels)).toBe(expected);
  });

  it.each(['', 'a b', 'tier in web', '=x', 'tier=web,'])('refuses %j', text => {
    expect(() => LabelSelector.parse(text)).toThrow('is no part of a Kubernetes label selector');
  });
});
