import { PageLayout } from '@backstage/frontend-plugin-api';
import { SwappableComponentBlueprint } from '@backstage/plugin-app-react';

export const pageLayout = SwappableComponentBlueprint.make({
  name: 'core-page-layout',
  params: defineParams =>
    defineParams({
      component: PageLayout,
      loader: () => import('./LeitstandPageLayout').then(m => m.LeitstandPageLayout),
    }),
});
