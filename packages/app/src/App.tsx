import { createApp } from '@backstage/frontend-defaults';
import { appModule } from './appModule';
import { catalogModule } from './catalog/catalogModule';
import { kubernetesFeature } from './kubernetes/kubernetesFeature';
import { settingsModule } from './settingsModule';

/** The application. Pages and cards come from the plugins in package.json, found through `app.packages: all`. */
export const app = createApp({ features: [appModule, catalogModule, settingsModule, kubernetesFeature] });
