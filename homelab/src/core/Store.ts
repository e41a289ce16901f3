/** Values of one type by key. */
export type Collection<T> = Map<string, T>;

/** Everything a store holds, as plain JSON values. */
export type StoreSnapshot<T extends object> = { [Name in keyof T]: [string, T[Name]][] };

/** Named collections of values that are replaced and never changed in place, so that a snapshot is cheap. */
export class Store<T extends object> {
  private readonly collections: { [Name in keyof T]?: Collection<T[Name]> } = {};

  /** The collection of a name; an empty one until something is put there. */
  collection<Name extends keyof T>(name: Name): Collection<T[Name]> {
    const found = this.collections[name] ?? new Map<string, T[Name]>();
    this.collections[name] = found;
    return found;
  }

  reset(): void {
    for (const name of this.names()) this.collections[name]?.clear();
  }

  snapshot(): StoreSnapshot<T> {
    return Object.fromEntries(
      this.names().map(name => [name, structuredClone([...this.collection(name)])]),
    ) as StoreSnapshot<T>;
  }

  /** Replaces everything; a collection that the snapshot does not have becomes empty. */
  restore(snapshot: Partial<StoreSnapshot<T>>): void {
    this.reset();
    for (const name of Object.keys(snapshot) as (keyof T)[]) {
      for (const [key, value] of structuredClone(snapshot[name] ?? [])) this.collection(name).set(key, value);
    }
  }

  private names(): (keyof T)[] {
    return Object.keys(this.collections) as (keyof T)[];
  }
}
