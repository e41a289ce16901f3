import { formatActivityFilter, parseActivityFilter } from './activityFilter';

describe('activityFilter', () => {
  it.each([
    {},
    { state: 'needs-attention' as const },
    {
      entityRef: 'component:default/backend',
      requester: 'user:default/olivia',
      operation: 'rollouts-rollback',
      environment: 'production',
      state: 'failed' as const,
      from: '2026-03-01T08:00:00.000Z',
      to: '2026-03-02T08:00:00.000+01:00',
    },
  ])('survives the address: %j', filter => {
    expect(parseActivityFilter(formatActivityFilter(filter))).toEqual(filter);
  });

  it('leaves out what it does not understand', () => {
    const params = new URLSearchParams('state=lost&entity=backend&requester=&operation=&from=yesterday');
    expect(parseActivityFilter(params)).toEqual({});
  });
});
