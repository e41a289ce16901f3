import { createBackend } from '@backstage/backend-defaults';
import { createHttpRouterFeature } from './closedRoutes';
import { loadFeatures } from './features';

const backend = createBackend();
backend.add(createHttpRouterFeature());
loadFeatures().forEach(feature => backend.add(feature));
void backend.start();
