import { SubPageBlueprint } from '@backstage/frontend-plugin-api';
import { ConnectionSourceBlueprint } from '@leitstand/plugin-kit-react';

const connectionSource = ConnectionSourceBlueprint.make({
  params: { pluginId: 'rollouts', title: 'Clusters and workloads' },
});

const providersPage = SubPageBlueprint.make({
  name: 'providers',
  attachTo: { id: 'page:connections', input: 'pages' },
  params: {
    path: 'catalog',
    title: 'What comes into the catalogue',
    loader: () => import('./components/ProvidersPage').then(m => <m.ProvidersPage />),
  },
});

/** The clusters on the Connections page, and beside them what is read from them into the catalogue. */
export const connectionExtensions = [connectionSource, providersPage];
