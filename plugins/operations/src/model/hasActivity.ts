import type { Entity } from '@backstage/catalog-model';

const kindsWithout = ['group', 'location', 'template'];

/** Whether anything is ever done to an entity or by it. */
export function hasActivity({ kind }: Entity): boolean {
  return !kindsWithout.includes(kind.toLocaleLowerCase('en-US'));
}
