import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Restart a workload, and go on when it has restarted',
    example: stringify({
      steps: [
        {
          id: 'restart',
          name: 'Restart',
          action: 'operations:run',
          input: {
            operation: 'rollouts-restart',
            entityRef: 'component:default/todo',
            reason: 'It has to read its new configuration',
          },
        },
      ],
    }),
  },
];
