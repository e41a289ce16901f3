import { ConflictError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
import type { RolloutsErrorCode } from '@leitstand/plugin-rollouts-common';
import type { DeploymentDocument } from './rollbackDocuments';

/**
 * Refuses what would not be rolled out.
 *
 * @throws ConflictError with code `ROLLOUT_PAUSED`
 */
export function checkNotPaused({ metadata, spec }: DeploymentDocument): void {
  if (!spec.paused) return;
  throw withCode<Error, RolloutsErrorCode>(
    new ConflictError(`${metadata.name} is paused. Resume its rollout first.`),
    'ROLLOUT_PAUSED',
  );
}
