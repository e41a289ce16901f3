import {
  coreExtensionData,
  createExtensionInput,
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { EntityHealthBlueprint, HomeCardBlueprint } from '@leitstand/plugin-kit-react';
import HomeOutlinedIcon from '@mui/icons-material/HomeOutlined';
import { homeRouteRef } from './routes';

const homePage = PageBlueprint.makeWithOverrides({
  inputs: {
    cards: createExtensionInput([coreExtensionData.reactElement, HomeCardBlueprint.dataRefs.placement]),
  },
  factory(originalFactory, { inputs }) {
    return originalFactory({
      path: '/',
      routeRef: homeRouteRef,
      title: 'Home',
      icon: <HomeOutlinedIcon fontSize="inherit" />,
      loader: async () => {
        const { HomePage } = await import('./components/HomePage');
        const cards = inputs.cards.map(card => ({
          id: card.node.spec.id,
          element: card.get(coreExtensionData.reactElement),
          ...card.get(HomeCardBlueprint.dataRefs.placement),
        }));
        return <HomePage cards={cards} />;
      },
    });
  },
});

const ownedEntitiesCard = HomeCardBlueprint.makeWithOverrides({
  name: 'owned-entities',
  inputs: { health: createExtensionInput([EntityHealthBlueprint.dataRefs.api]) },
  factory(originalFactory, { inputs }) {
    return originalFactory({
      column: 'side',
      order: 10,
      loader: async () => {
        const { OwnedEntitiesCard } = await import('./components/OwnedEntitiesCard');
        const healthApis = inputs.health.map(health => health.get(EntityHealthBlueprint.dataRefs.api));
        return <OwnedEntitiesCard healthApis={healthApis} />;
      },
    });
  },
});

const starredEntitiesCard = HomeCardBlueprint.make({
  name: 'starred-entities',
  params: {
    column: 'side',
    order: 20,
    loader: () => import('./components/StarredEntitiesCard').then(m => <m.StarredEntitiesCard />),
  },
});

/** The page at `/`: cards that the areas put there, what the person owns, what they starred. */
export const homePlugin = createFrontendPlugin({
  pluginId: 'leitstand-home',
  title: 'Home',
  routes: { root: homeRouteRef },
  extensions: [homePage, ownedEntitiesCard, starredEntitiesCard],
});
