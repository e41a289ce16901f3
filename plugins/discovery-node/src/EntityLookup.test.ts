import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { EntityLookup } from './EntityLookup';

const entityOf = (kind: string, name: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name, namespace: 'default' },
});

describe('EntityLookup', () => {
  it('knows what exists, and calls missing only what is not there for half a minute', async () => {
    let now = 0;
    const problems: unknown[] = [];
    const catalog = catalogServiceMock({ entities: [entityOf('Group', 'team')] });
    const asked = jest.spyOn(catalog, 'getEntitiesByRefs');
    const lookup = new EntityLookup({
      catalog,
      auth: mockServices.auth(),
      onError: error => problems.push(error),
      now: () => now,
    });
    const refs = ['group:default/team', 'system:default/shop'];
    expect(refs.map(ref => lookup.exists(ref))).toEqual([false, false]);

    await lookup.ask(refs);
    expect(refs.map(ref => lookup.exists(ref))).toEqual([true, false]);
    expect(refs.map(ref => lookup.isMissing(ref))).toEqual([false, false]);

    now += 30_000;
    await lookup.ask(refs);
    expect(asked.mock.lastCall?.[0].entityRefs).toEqual(['system:default/shop']);
    expect(refs.map(ref => lookup.isMissing(ref))).toEqual([false, true]);

    now += 60_000;
    asked.mockRejectedValueOnce(new Error('not started'));
    await lookup.ask(refs);
    expect(problems).toEqual([new Error('not started')]);
    expect(refs.map(ref => lookup.exists(ref))).toEqual([true, false]);

    await lookup.ask([]);
    expect(asked).toHaveBeenCalledTimes(3);
    expect(refs.map(ref => lookup.exists(ref))).toEqual([true, false]); // another part may go on asking for them
    now += 24 * 3_600_000;
    await lookup.ask([]);
    expect(refs.map(ref => lookup.exists(ref))).toEqual([false, false]);
    expect(refs.map(ref => lookup.isMissing(ref))).toEqual([false, false]);
  });
});
