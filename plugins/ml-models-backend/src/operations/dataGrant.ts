import type { DatasetRef } from '@leitstand/plugin-ml-models-common';
import { confirmOwnership, type Ownership, type PlanContext } from '@leitstand/plugin-operations-node';

/** Whether an operation on a model may read the rows of a dataset and put rows there. */
export type DataGrant = (dataset: DatasetRef) => boolean;

/**
 * The portal's account reads and writes more than the person may. So data are used only where everybody who may act on the
 * model has them: `leitstand.ownership` gives the dataset to all confirmed owners. That a model names an entity back is said
 * of this model alone, and grants nothing of its dataset. A model without confirmed owners is for administrators: through the
 * entity that is the model they may use its own dataset.
 */
export function dataGrantOf(
  { entity, resolved }: Pick<PlanContext<unknown>, 'entity' | 'resolved'>,
  ownership: Ownership,
): DataGrant {
  const { target, claimedEntityRef } = resolved;
  const owners = entity ? confirmOwnership(entity, resolved, ownership).owners : ownership.groupsOf(target);
  return ({ project, dataset }) => {
    if (owners.length === 0) {
      return claimedEntityRef === undefined && project === target.project && dataset === target.dataset;
    }
    const granted = ownership.groupsOf({ project, dataset });
    return owners.every(owner => granted.includes(owner));
  };
}
