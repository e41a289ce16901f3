import { configApiRef, ExtensionBoundary } from '@backstage/frontend-plugin-api';
import { scaffolderTemplateOutputsBlueprint } from '@backstage/plugin-scaffolder-react/alpha';

/** Backstage shows what a template gave; of those that change things, what they change as well. */
export const taskExtensions = [
  scaffolderTemplateOutputsBlueprint.makeWithOverrides({
    name: 'task-runs',
    factory(originalFactory, { apis, node }) {
      return originalFactory({
        component: ExtensionBoundary.lazyComponent(node, () =>
          import('./components/TaskRuns').then(({ TaskOutputs }) => TaskOutputs),
        ),
        templateRefs: apis.get(configApiRef)?.getOptionalStringArray('operations.templates') ?? [],
      });
    },
  }),
];
