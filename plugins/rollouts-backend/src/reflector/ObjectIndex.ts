import type { Reflector } from './Reflector';

/** Finds the objects of a reflector by a key, for example pods by their ReplicaSet; built again after a change, when asked. */
export class ObjectIndex<TObject extends { metadata: { uid: string } }> {
  readonly #reflector: Reflector<TObject>;
  readonly #keyOf: (object: TObject) => string | undefined;
  #groups: Map<string, TObject[]> | undefined;

  constructor(reflector: Reflector<TObject>, keyOf: (object: TObject) => string | undefined) {
    this.#reflector = reflector;
    this.#keyOf = keyOf;
    reflector.onChange(() => {
      this.#groups = undefined;
    });
  }

  /** Objects with this key, in no particular order. */
  get(key: string): readonly TObject[] {
    this.#groups ??= this.#build();
    return this.#groups.get(key) ?? [];
  }

  #build(): Map<string, TObject[]> {
    const groups = new Map<string, TObject[]>();
    for (const object of this.#reflector.state.objects.values()) {
      const key = this.#keyOf(object);
      if (key === undefined) continue;
      const group = groups.get(key);
      if (group) group.push(object);
      else groups.set(key, [object]);
    }
    return groups;
  }
}
