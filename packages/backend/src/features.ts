import { coreServices, createBackendFeatureLoader } from '@backstage/backend-plugin-api';
import { slackBlocksModule } from './notifications/slackBlocks';
import { openIdConnectModule } from './signIn/openIdConnectModule';

/** Every feature of the server, each loaded on its own. */
export function loadFeatures() {
  return [...loadFoundation(), ...loadAreas()];
}

/** Backstage's module refuses to start without its configuration. */
const emailWhereConfigured = createBackendFeatureLoader({
  deps: { config: coreServices.rootConfig },
  *loader({ config }) {
    if (!config.has('notifications.processors.email')) return;
    yield import('@backstage/plugin-notifications-backend-module-email');
    yield import('./notifications/mailTexts').then(({ mailTextsModule }) => ({ default: mailTextsModule }));
  },
});

/** What every installation has: Backstage's own plugins and the policy. */
export function loadFoundation() {
  return [
    import('@backstage/plugin-app-backend'),
    import('@backstage/plugin-events-backend'),
    import('@backstage/plugin-user-settings-backend'),

    import('@backstage/plugin-auth-backend'),
    import('@backstage/plugin-auth-backend-module-guest-provider'),
    openIdConnectModule,

    import('@backstage/plugin-permission-backend'),
    import('@leitstand/plugin-permission-backend-module-leitstand'),

    import('@backstage/plugin-catalog-backend'),
    import('@backstage/plugin-catalog-backend-module-logs'),
    import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),

    import('@backstage/plugin-signals-backend'),
    import('@backstage/plugin-notifications-backend'),
    import('@leitstand/plugin-notifications-backend-module-webhook'),
    import('@backstage/plugin-notifications-backend-module-slack'),
    slackBlocksModule,
    emailWhereConfigured,

    // The tools of the plugins in backend.actions.pluginSources, for clients of the Model Context Protocol.
    import('@backstage/plugin-mcp-actions-backend'),

    import('@backstage/plugin-search-backend'),
    import('@backstage/plugin-search-backend-module-catalog'),
    // The index of every process in one place; with SQLite it steps aside, and the one process keeps its own.
    import('@backstage/plugin-search-backend-module-pg'),

    import('@backstage/plugin-scaffolder-backend'),
    import('@backstage/plugin-scaffolder-backend-module-gitea'),
    import('@backstage/plugin-scaffolder-backend-module-github'),
    import('@backstage/plugin-scaffolder-backend-module-gitlab'),
    import('@backstage/plugin-scaffolder-backend-module-workspace-database'),

    // Read-only: the policy denies its proxy to everybody.
    import('@backstage/plugin-kubernetes-backend'),
  ];
}

/** The portal's own health, the live stream, the door, and the areas that stand on them. */
function loadAreas() {
  return [
    import('@leitstand/plugin-connections-backend'),
    import('@leitstand/plugin-live-backend'),
    import('@leitstand/plugin-operations-backend'),
    import('@leitstand/plugin-rollouts-backend'),
    import('@leitstand/plugin-ml-models-backend'),
  ];
}
