import { createFrontendModule } from '@backstage/frontend-plugin-api';
import userSettingsPlugin from '@backstage/plugin-user-settings/alpha';

/** The settings without the two pages that have nothing to set here; configuration (`app.extensions`) can bring them back. */
export const settingsModule = createFrontendModule({
  pluginId: 'user-settings',
  extensions: [
    userSettingsPlugin.getExtension('sub-page:user-settings/auth-providers').override({ disabled: true }),
    userSettingsPlugin.getExtension('sub-page:user-settings/feature-flags').override({ disabled: true }),
  ],
});
