/** The one door for writes: plan, permission, ledger, progress. @packageDocumentation */
import { createBackendFeatureLoader } from '@backstage/backend-plugin-api';

export { verifyLedger, type LedgerEnd, type LedgerVerification } from './ledger/verifyLedger';

/** The door and its face for templates; each has a subpath of its own as well. */
export default createBackendFeatureLoader({
  async loader() {
    return [import('./plugin'), import('./faces/scaffolder/module')];
  },
});
