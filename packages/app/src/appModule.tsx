import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { liveApi, oidcAuthApi, settingsStorageApi } from './apis';
import { swappableComponents } from './layout/swappableComponents';
import { navigation } from './navigation/navContent';
import { signInPage } from './signIn/signInPageExtension';
import { darkTheme, lightTheme } from './theme/themes';

/** What this application sets up around the plugins: look, navigation, sign-in, APIs that all plugins share. */
export const appModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    lightTheme,
    darkTheme,
    ...swappableComponents,
    navigation,
    signInPage,
    oidcAuthApi,
    liveApi,
    settingsStorageApi,
  ],
});
