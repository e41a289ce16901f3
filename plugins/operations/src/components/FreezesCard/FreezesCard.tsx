import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { EntityFreezes } from '@leitstand/plugin-operations-react';

/** The freezes that concern the entity of the page, above everything else; nothing where there are none. */
export function FreezesCard() {
  const { entity } = useEntity();
  return <EntityFreezes entityRef={stringifyEntityRef(entity)} />;
}
