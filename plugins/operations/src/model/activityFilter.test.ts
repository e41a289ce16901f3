import { formatActivityFilter, parseActivityFilter } from './activityFilter';

describe('activityFilter', () => {
  it.each([
    {},
    { state: 'needs-attention' as const },
    { entityRef: 'component:default/backend', requester: 'user:default/olivia', state: 'failed' as const },
  ])('survives the address: %j', filter => {
    expect(parseActivityFilter(formatActivityFilter(filter))).toEqual(filter);
  });

  it('leaves out what it does not understand', () => {
    expect(parseActivityFilter(new URLSearchParams('state=lost&entity=backend&requester='))).toEqual({});
  });
});
