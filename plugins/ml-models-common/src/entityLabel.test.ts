import { entityLabelOf, entityRefOfLabel } from './entityLabel';

describe('entityLabelOf', () => {
  it('is read back by entityRefOfLabel', () => {
    expect(entityLabelOf('resource:default/temp-prediction')).toBe('resource_default_temp-prediction');
    expect(entityRefOfLabel('resource_default_temp-prediction')).toBe('resource:default/temp-prediction');
  });

  it.each([
    'resource:default/Upper',
    'resource:default/a.b',
    'resource:default/a_b',
    `resource:default/${'a'.repeat(50)}`,
  ])('is undefined for %s, which a label cannot hold without loss', ref => expect(entityLabelOf(ref)).toBeUndefined());

  it.each([undefined, '', 'temp-prediction', 'a_b', 'a_b_c_d', '_b_c'])('reads nothing from %s', value =>
    expect(entityRefOfLabel(value)).toBeUndefined(),
  );
});
