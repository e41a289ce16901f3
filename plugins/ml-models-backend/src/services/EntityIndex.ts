import type { AuthService } from '@backstage/backend-plugin-api';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { SharedReads } from '@leitstand/plugin-kit-node';
import { modelAnnotation, predictionPathAnnotation } from '@leitstand/plugin-ml-models-common';

/** What the catalogue knows of the models, by `project.dataset.model`. */
export interface ModelEntities {
  entityRef: string | undefined;
  serving: Array<{ entityRef: string; path: string }>;
}

/** How old the answer of the catalogue may be, in milliseconds. */
const maxAgeMs = 15_000;

/** Which entity stands for a model, and which services answer its predictions. */
export class EntityIndex {
  readonly #options: { catalog: CatalogService; auth: AuthService };
  readonly #reads = new SharedReads();

  constructor(options: { catalog: CatalogService; auth: AuthService }) {
    this.#options = options;
  }

  /** Models that the catalogue does not know are not in the map. */
  async read(): Promise<ReadonlyMap<string, ModelEntities>> {
    return (await this.#reads.get('models', { maxAgeMs, read: () => this.#read() })).value;
  }

  close(): void {
    this.#reads.close();
  }

  async #read(): Promise<ReadonlyMap<string, ModelEntities>> {
    const { catalog, auth } = this.#options;
    const { items } = await catalog.getEntities(
      {
        filter: { [`metadata.annotations.${modelAnnotation}`]: CATALOG_FILTER_EXISTS },
        fields: ['kind', 'metadata.namespace', 'metadata.name', 'metadata.annotations'],
      },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    const index = new Map<string, ModelEntities>();
    for (const entity of items) addTo(index, entity);
    return index;
  }
}

function addTo(index: Map<string, ModelEntities>, entity: Entity): void {
  const annotations = entity.metadata.annotations ?? {};
  const model = annotations[modelAnnotation];
  const entry = index.get(model) ?? { entityRef: undefined, serving: [] };
  index.set(model, entry);
  const entityRef = stringifyEntityRef(entity);
  const path = annotations[predictionPathAnnotation];
  if (path !== undefined) entry.serving.push({ entityRef, path });
  else if (entity.kind.toLocaleLowerCase('en-US') === 'resource') entry.entityRef ??= entityRef;
}
