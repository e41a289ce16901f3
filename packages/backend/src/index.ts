import { createBackend } from '@backstage/backend-defaults';
import { loadFeatures } from './features';

const backend = createBackend();
loadFeatures().forEach(feature => backend.add(feature));
void backend.start();
