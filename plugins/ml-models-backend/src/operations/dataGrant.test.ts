import type { Entity } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import { Ownership, type ResolvedTarget } from '@leitstand/plugin-operations-node';
import { dataGrantOf } from './dataGrant';
import { targetOf } from './modelTarget';

const ownership = Ownership.fromConfig(
  new ConfigReader({
    leitstand: {
      ownership: [
        { group: 'ml-team', bigquery: [{ project: 'lab-one', datasets: ['weather', 'payroll', 'shared'] }] },
        { group: 'rain-team', bigquery: [{ project: 'lab-one', datasets: ['shared', 'rain'] }] },
      ],
    },
  }),
);
const entity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: { name: 'rain' },
  spec: { owner: 'rain-team' },
};
const modelIn = (dataset: string, more: Partial<ResolvedTarget> = {}): ResolvedTarget => ({
  target: targetOf({ project: 'lab-one', dataset, model: 'm' }),
  ...more,
});
const namedBack = { claimedEntityRef: 'resource:default/rain' };

const datasets = ['weather', 'Weather', 'payroll', 'shared', 'rain', 'nobodys', 'Nobodys'];
const cases: Array<[string, Entity | undefined, ResolvedTarget, string[]]> = [
  ['owners of one group use what that group has', entity, modelIn('weather'), ['weather', 'payroll', 'shared']],
  ['of several groups use what all of them have', entity, modelIn('shared'), ['shared']],
  ['of a new model use what its place is given with', undefined, modelIn('rain'), ['shared', 'rain']],
  [
    'whom a model names use only what they have',
    entity,
    modelIn('weather', { ...namedBack, claimedOwner: 'rain-team' }),
    ['shared'],
  ],
  ['a model that names an entity grants nothing by that', entity, modelIn('nobodys', namedBack), []],
  ['of a model of nobody use nothing', entity, modelIn('nobodys'), []],
  ['of a new model in a place of nobody use nothing', undefined, modelIn('nobodys'), []],
];

it.each(cases)('owners: %s', (_, subject, resolved, expected) => {
  const useOf = dataGrantOf({ entity: subject, resolved, isAdministrator: false }, ownership);
  expect(datasets.filter(dataset => useOf({ project: 'lab-one', dataset }) !== 'refused')).toEqual(expected);
  expect(datasets.filter(dataset => useOf({ project: 'lab-two', dataset }) !== 'refused')).toEqual([]);
});

it.each(cases)('administrators: the same, and what is given to nobody: %s', (_, subject, resolved, expected) => {
  const useOf = dataGrantOf({ entity: subject, resolved, isAdministrator: true }, ownership);
  const used = (use: string) => datasets.filter(dataset => useOf({ project: 'lab-one', dataset }) === use);
  expect(used('given')).toEqual(expected);
  expect(used('as-administrator')).toEqual(['Weather', 'nobodys', 'Nobodys']);
});
