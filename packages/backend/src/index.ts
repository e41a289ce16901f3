import { createBackend } from '@backstage/backend-defaults';
import { createHttpRouterFeature } from './closedRoutes';
import { loadFeatures } from './features';
import { startInTurnFeature } from './startInTurn';
import { verifyLedgerOnce } from './verifyLedger';

function startPortal(): void {
  const backend = createBackend();
  backend.add(createHttpRouterFeature());
  backend.add(startInTurnFeature);
  loadFeatures().forEach(feature => backend.add(feature));
  backend.start().catch(() => {
    // Backstage has logged why. What had begun before holds the process open; a supervisor can only help one that ended.
    process.exit(1);
  });
}

if (process.argv.includes('--verify-ledger')) void verifyLedgerOnce().then(code => process.exit(code));
else startPortal();
