import type { Entity } from '@backstage/catalog-model';
import { groupByType } from './groupByType';

function entity(kind: string, name: string, options: { type?: string; title?: string } = {}): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, title: options.title },
    spec: options.type === undefined ? {} : { type: options.type },
  };
}

describe('groupByType', () => {
  it('groups by kind and type, the largest group first, names in order', () => {
    const groups = groupByType([
      entity('System', 'todo'),
      entity('Component', 'b', { type: 'service' }),
      entity('Component', 'z', { type: 'service', title: 'A title' }),
      entity('Resource', 'orders', { type: 'kafka-topic' }),
      // The same type of another kind is another thing.
      entity('Resource', 'c', { type: 'service' }),
      entity('Template', 'make', { type: 'service' }),
    ]);
    expect(groups.map(group => [group.label, group.entities.map(({ metadata }) => metadata.name)])).toEqual([
      ['service', ['z', 'b']],
      ['kafka-topic', ['orders']],
      ['service', ['c']],
      ['System', ['todo']],
      ['Template', ['make']],
    ]);
  });

  it('makes nothing of nothing', () => {
    expect(groupByType([])).toEqual([]);
  });
});
