import {
  ApiBlueprint,
  createExtensionInput,
  createFrontendPlugin,
  PageBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import { ConnectionSourceBlueprint } from '@leitstand/plugin-kit-react';
import SettingsInputComponentOutlinedIcon from '@mui/icons-material/SettingsInputComponentOutlined';
import { connectionsApiFactory, portalHealthApiFactory } from './api';
import { ConnectionsIcon } from './components/ConnectionsIcon';
import { activityRouteRef, connectionsRouteRef, portalHealthRouteRef } from './routes';

const connectionsApi = ApiBlueprint.make({ params: defineParams => defineParams(connectionsApiFactory) });

const portalHealthApi = ApiBlueprint.make({
  name: 'portal-health',
  params: defineParams => defineParams(portalHealthApiFactory),
});

const connectionsPage = PageBlueprint.make({
  params: { path: '/connections', routeRef: connectionsRouteRef, title: 'Connections', icon: <ConnectionsIcon /> },
});

const upstreamsPage = SubPageBlueprint.makeWithOverrides({
  name: 'upstreams',
  inputs: { sources: createExtensionInput([ConnectionSourceBlueprint.dataRefs.source]) },
  factory(originalFactory, { inputs }) {
    return originalFactory({
      path: 'upstreams',
      title: 'Systems',
      loader: async () => {
        const { ConnectionsPage } = await import('./components/ConnectionsPage');
        const sources = inputs.sources.map(source => source.get(ConnectionSourceBlueprint.dataRefs.source));
        return <ConnectionsPage sources={sources} />;
      },
    });
  },
});

const healthPage = SubPageBlueprint.make({
  name: 'health',
  params: {
    path: 'health',
    title: 'Portal health',
    loader: () => import('./components/HealthPage').then(m => <m.HealthPage />),
  },
});

/** How the portal is connected to the systems that it stands on; how it is itself; areas add their systems, and pages beside. */
export const connectionsPlugin = createFrontendPlugin({
  pluginId: 'connections',
  title: 'Connections',
  icon: <SettingsInputComponentOutlinedIcon fontSize="inherit" />,
  routes: { root: connectionsRouteRef, health: portalHealthRouteRef },
  externalRoutes: { activity: activityRouteRef },
  extensions: [connectionsApi, portalHealthApi, connectionsPage, upstreamsPage, healthPage],
});
