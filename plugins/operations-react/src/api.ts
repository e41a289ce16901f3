import { createApiRef, type AnyApiFactory } from '@backstage/core-plugin-api';
import { createClientFactory } from '@leitstand/plugin-kit-react';
import { OperationsClient } from '@leitstand/plugin-operations-common';

/** What the components need of the door; `OperationsClient` is the real one. */
export type OperationsApi = Pick<
  OperationsClient,
  | 'listAvailable'
  | 'plan'
  | 'getPlan'
  | 'run'
  | 'getRun'
  | 'listRuns'
  | 'exportRuns'
  | 'listApprovals'
  | 'getRunPermissions'
  | 'approveRun'
  | 'rejectRun'
  | 'breakGlass'
  | 'cancelRun'
  | 'planUndo'
  | 'listFreezes'
  | 'createFreeze'
  | 'endFreeze'
>;

/** The door for writes. Its factory is {@link operationsApiFactory}; the plugin `operations` installs it. */
export const operationsApiRef = createApiRef<OperationsApi>({ id: 'plugin.operations.api' });

/** Makes an `OperationsClient` that carries the signed-in person's token. */
export const operationsApiFactory: AnyApiFactory = createClientFactory(
  operationsApiRef,
  sources => new OperationsClient(sources),
);
