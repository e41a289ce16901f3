import { createApp } from '@backstage/frontend-defaults';
import { appModule } from './appModule';

/** The application. Pages and cards come from the plugins in package.json, found through `app.packages: all`. */
export const app = createApp({ features: [appModule] });
