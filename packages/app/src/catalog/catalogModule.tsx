import {
  coreExtensionData,
  createExtensionInput,
  createFrontendModule,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { catalogPlugin } from '@backstage/plugin-catalog';
import CategoryOutlinedIcon from '@mui/icons-material/CategoryOutlined';
import { entityCards } from './entityCards';

/** Takes the place of the catalogue's own index page, whose table has drag handles inside of its sort buttons: no screen reader gets through them. */
const catalogPage = PageBlueprint.makeWithOverrides({
  inputs: { filters: createExtensionInput([coreExtensionData.reactElement]) },
  factory(originalFactory, { inputs }) {
    return originalFactory({
      path: '/catalog',
      routeRef: catalogPlugin.routes.catalogIndex,
      title: 'Catalog',
      icon: <CategoryOutlinedIcon fontSize="inherit" />,
      loader: async () => {
        const { CatalogPage } = await import('./CatalogPage');
        const filters = inputs.filters.map(filter => ({
          id: filter.node.spec.id,
          element: filter.get(coreExtensionData.reactElement),
        }));
        return <CatalogPage filters={filters} />;
      },
    });
  },
});

export const catalogModule = createFrontendModule({ pluginId: 'catalog', extensions: [catalogPage, ...entityCards] });
