import type { SharedSource } from './SharedSource';

/** Finds the objects of a source by a key, for example pods by their ReplicaSet; built again after a change, when asked. */
export class ObjectIndex<TObject> {
  readonly #source: SharedSource<TObject>;
  readonly #keyOf: (object: TObject) => string | undefined;
  #groups: Map<string, TObject[]> | undefined;

  constructor(source: SharedSource<TObject>, keyOf: (object: TObject) => string | undefined) {
    this.#source = source;
    this.#keyOf = keyOf;
    source.onChange(() => {
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
    for (const object of this.#source.state.objects.values()) {
      const key = this.#keyOf(object);
      if (key === undefined) continue;
      const group = groups.get(key);
      if (group) group.push(object);
      else groups.set(key, [object]);
    }
    return groups;
  }
}
