import { createHash } from 'node:crypto';

const LENGTH_LIMIT = 63;
const HASH_LENGTH = 6;

/**
 * Names for clusters in catalogue, configuration and addresses: `[a-z0-9.-]`, at most 63 characters, as near to the names
 * of the contexts as possible. A name depends on its own context, and on whether others come out the same, not on order.
 *
 * @param {string[]} contexts different names
 * @returns {Map<string, string>} name of the cluster by name of the context; all different
 */
export function nameClusters(contexts) {
  const fitted = contexts.map(fit);
  return new Map(
    contexts.map((context, index) => {
      const name = fitted[index];
      const isUnique = fitted.filter(other => other === name).length === 1;
      return [context, isUnique ? name : withHash(name, context)];
    }),
  );
}

function fit(context) {
  const text = trim(context.toLowerCase().replaceAll(/[^a-z0-9.-]+/g, '-')).replaceAll(/[.-]{2,}/g, '-');
  if (text === '') return 'cluster';
  return text.length > LENGTH_LIMIT ? withHash(text, context) : text;
}

function withHash(name, context) {
  const hash = createHash('sha256').update(context).digest('hex').slice(0, HASH_LENGTH);
  return `${trim(name.slice(0, LENGTH_LIMIT - HASH_LENGTH - 1))}-${hash}`;
}

function trim(text) {
  return text.replaceAll(/^[.-]+|[.-]+$/g, '');
}
