import type { AuthService } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';

const person = /\b(?:user|group):[\w.-]+\/[\w-]+(?:\.[\w-]+)*/g;

/** Says people's and groups' names in sentences of the door, which have their references. */
export class PeopleNames {
  readonly #options: { auth: AuthService; catalog: CatalogService };

  constructor(options: { auth: AuthService; catalog: CatalogService }) {
    this.#options = options;
  }

  /** The sentence with the names that the catalogue knows; where it does not, or does not answer, with the references. */
  async in(sentence: string): Promise<string> {
    const entityRefs = [...new Set(sentence.match(person) ?? [])];
    if (entityRefs.length === 0) return sentence;
    const items = await this.#find(entityRefs);
    const names = new Map(entityRefs.map((ref, index) => [ref, nameOf(items.at(index)) ?? ref]));
    return sentence.replace(person, ref => names.get(ref) ?? ref);
  }

  async #find(entityRefs: string[]): Promise<(Entity | undefined)[]> {
    const { auth, catalog } = this.#options;
    const credentials = await auth.getOwnServiceCredentials();
    return catalog.getEntitiesByRefs({ entityRefs }, { credentials }).then(
      ({ items }) => items,
      () => [], // the references say it as well
    );
  }
}

function nameOf(entity: Entity | undefined): string | undefined {
  const { displayName } = (entity?.spec?.profile ?? {}) as { displayName?: unknown };
  return typeof displayName === 'string' ? displayName : entity?.metadata.title;
}
