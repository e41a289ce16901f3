/** The baseline of `bench/start`: the same backend without the live stream, the door and the areas. */
import { createBackend } from '@backstage/backend-defaults';
// The server is a bundle, not a library; its list of features is what is compared
import { loadFoundation } from '../../packages/backend/src/features';

const backend = createBackend();
loadFoundation().forEach(feature => backend.add(feature));
void backend.start();
