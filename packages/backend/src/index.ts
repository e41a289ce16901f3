import { stopEndingAtOnce } from './endWhileLoading'; // first: what follows takes seconds to load
import { createBackend } from '@backstage/backend-defaults';
import { reuseTokensFeature } from './auth/reuseTokensFeature';
import { createHttpRouterFeature } from './closedRoutes';
import { loadFeatures } from './features';
import { createRootLoggerFeature } from './logging/rootLogger';
import { startMetrics } from './metrics/startMetrics';
import { limitOutgoingCallsFeature } from './outgoing/limitOutgoingCallsFeature';
import { rootHealthFeature } from './rootHealth';
import { startInTurnFeature } from './startInTurn';
import { verifyLedgerOnce } from './verifyLedger';

async function startPortal(): Promise<void> {
  await startMetrics(process.env); // before anything measures; ends with the process
  const backend = createBackend();
  backend.add(createRootLoggerFeature());
  backend.add(createHttpRouterFeature());
  backend.add(rootHealthFeature);
  backend.add(limitOutgoingCallsFeature);
  backend.add(reuseTokensFeature);
  backend.add(startInTurnFeature);
  loadFeatures().forEach(feature => backend.add(feature));
  const start = backend.start();
  stopEndingAtOnce();
  // Backstage logs why it does not start. What had begun before holds the process open; a supervisor can only help one that
  // ended.
  await start.catch(() => process.exit(1));
}

if (process.argv.includes('--verify-ledger')) void verifyLedgerOnce(process.argv).then(code => process.exit(code));
else void startPortal();
