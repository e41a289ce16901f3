import {
  ApiBlueprint,
  createExtensionInput,
  createFrontendPlugin,
  PageBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import { ConnectionSourceBlueprint } from '@leitstand/plugin-kit-react';
import SettingsInputComponentOutlinedIcon from '@mui/icons-material/SettingsInputComponentOutlined';
import { connectionsApiFactory } from './api';
import { connectionsRouteRef } from './routes';

const icon = <SettingsInputComponentOutlinedIcon fontSize="inherit" />;

const connectionsApi = ApiBlueprint.make({ params: defineParams => defineParams(connectionsApiFactory) });

const connectionsPage = PageBlueprint.make({
  params: { path: '/connections', routeRef: connectionsRouteRef, title: 'Connections', icon },
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

/** How the portal is connected to the systems that it stands on; areas add their systems, and pages beside. */
export const connectionsPlugin = createFrontendPlugin({
  pluginId: 'connections',
  title: 'Connections',
  icon,
  routes: { root: connectionsRouteRef },
  extensions: [connectionsApi, connectionsPage, upstreamsPage],
});
