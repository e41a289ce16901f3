import { ErrorDisplay, NotFoundErrorPage, PageLayout, Progress } from '@backstage/frontend-plugin-api';
import { SwappableComponentBlueprint } from '@backstage/plugin-app-react';
import { ErrorState, LoadingState } from '@leitstand/plugin-kit-react';

// The names are those of Backstage's own components, which these replace.
const pageLayout = SwappableComponentBlueprint.make({
  name: 'core-page-layout',
  params: defineParams =>
    defineParams({
      component: PageLayout,
      loader: () => import('./LeitstandPageLayout').then(m => m.LeitstandPageLayout),
    }),
});

const progress = SwappableComponentBlueprint.make({
  name: 'core-progress',
  params: defineParams => defineParams({ component: Progress, loader: () => () => <LoadingState /> }),
});

const errorDisplay = SwappableComponentBlueprint.make({
  name: 'core-error-display',
  params: defineParams =>
    defineParams({
      component: ErrorDisplay,
      loader: () => props => <ErrorState error={props.error} onRetry={props.resetError} />,
    }),
});

const notFoundErrorPage = SwappableComponentBlueprint.make({
  name: 'core-not-found-error-page',
  params: defineParams =>
    defineParams({
      component: NotFoundErrorPage,
      loader: () => import('./NotFoundPage').then(m => m.NotFoundPage),
    }),
});

export const swappableComponents = [pageLayout, progress, errorDisplay, notFoundErrorPage];
