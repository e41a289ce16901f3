import type { DatasetRef } from '@leitstand/plugin-ml-models-common';
import { confirmOwnership, type Ownership, type PlanContext } from '@leitstand/plugin-operations-node';

/**
 * Whether an operation on a model may read the rows of a dataset and put rows there. `given`: by everybody who may act on
 * the model. `as-administrator`: the dataset is given to nobody, and the requester is an administrator.
 */
export type DataUse = 'given' | 'as-administrator' | 'refused';

/** Says it of a dataset. */
export type DataGrant = (dataset: DatasetRef) => DataUse;

/**
 * The portal's account reads and writes more than the person may. So data are used only where everybody who may act on the
 * model has them: `leitstand.ownership` gives the dataset to all confirmed owners. That a model names an entity back is said
 * of this model alone, and grants nothing of its dataset. What is given to nobody is for administrators; what is given to
 * some is theirs, also where an administrator asks.
 */
export function dataGrantOf(
  { entity, resolved, isAdministrator }: Pick<PlanContext<unknown>, 'entity' | 'resolved' | 'isAdministrator'>,
  ownership: Ownership,
): DataGrant {
  const owners = entity ? confirmOwnership(entity, resolved, ownership).owners : ownership.groupsOf(resolved.target);
  return ({ project, dataset }) => {
    const granted = ownership.groupsOf({ project, dataset });
    if (granted.length === 0) return isAdministrator ? 'as-administrator' : 'refused';
    return owners.length > 0 && owners.every(owner => granted.includes(owner)) ? 'given' : 'refused';
  };
}
