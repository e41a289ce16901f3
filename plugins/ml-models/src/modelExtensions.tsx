import type { Entity } from '@backstage/catalog-model';
import { EntityCardBlueprint, EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { modelAnnotation } from '@leitstand/plugin-ml-models-common';
import { MODEL_PATH } from './routes';

// Services carry the annotation too, to say what they serve; they are no models.
const isModel = (entity: Entity) =>
  entity.kind.toLowerCase() === 'resource' && entity.metadata.annotations?.[modelAnnotation] !== undefined;

const modelContent = EntityContentBlueprint.make({
  name: 'model',
  params: {
    path: MODEL_PATH,
    title: 'Model',
    filter: isModel,
    loader: () => import('./components/ModelTab').then(m => <m.ModelTab />),
  },
});

const modelCard = EntityCardBlueprint.make({
  name: 'model',
  params: {
    type: 'content',
    filter: isModel,
    loader: () => import('./components/ModelCard').then(m => <m.ModelCard />),
  },
});

/** A model as a tab and a card of its entity. */
export const modelExtensions = [modelContent, modelCard];
