import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nameClusters } from './clusterNames.mjs';

describe('nameClusters', () => {
  const table = [
    ['my-k3s', /^my-k3s$/],
    ['k3s.example.org', /^k3s\.example\.org$/],
    ['gke_project_europe-west3_mlops', /^gke-project-europe-west3-mlops$/],
    ['arn:aws:eks:eu-central-1:1:cluster/Shop', /^arn-aws-eks-eu-central-1-1-cluster-shop$/],
    ['Admin@Home', /^admin-home$/],
    ['../..', /^cluster$/],
    ['日本', /^cluster$/],
    ['x'.repeat(80), /^x{56}-[0-9a-f]{6}$/],
  ];
  for (const [context, expected] of table) {
    it(`makes "${context}" fit`, () => {
      const name = nameClusters([context]).get(context);
      assert.match(name, expected);
      assert.ok(name.length <= 63);
    });
  }

  it('distinguishes those that come out the same, in any order', () => {
    const contexts = ['a/b', 'a_b', 'c', `${'x'.repeat(70)}1`, `${'x'.repeat(70)}2`];
    const names = nameClusters(contexts);
    assert.equal(new Set(names.values()).size, 5);
    assert.match(names.get('a/b'), /^a-b-[0-9a-f]{6}$/);
    assert.equal(names.get('c'), 'c');
    const reversed = nameClusters([...contexts].reverse());
    for (const context of contexts) assert.equal(reversed.get(context), names.get(context));
  });
});
