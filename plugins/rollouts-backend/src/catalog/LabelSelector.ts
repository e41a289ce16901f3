/** What one part of a selector asks of an object's labels. */
type Requirement = (labels: Readonly<Record<string, string>>) => boolean;

const keyPattern = '([A-Za-z0-9][A-Za-z0-9._/-]*)';
const valuePattern = '([A-Za-z0-9._-]*)';

const forms: ReadonlyArray<{ pattern: RegExp; requirementOf: (match: readonly string[]) => Requirement }> = [
  {
    pattern: new RegExp(`^${keyPattern}\\s*(?:==?)\\s*${valuePattern}$`),
    requirementOf:
      ([, key, value]) =>
      labels =>
        labels[key] === value,
  },
  {
    pattern: new RegExp(`^${keyPattern}\\s*!=\\s*${valuePattern}$`),
    requirementOf:
      ([, key, value]) =>
      labels =>
        labels[key] !== value,
  },
  {
    pattern: new RegExp(`^${keyPattern}\\s+(in|notin)\\s*\\(([^()]*)\\)$`),
    requirementOf: ([, key, operator, list]) => {
      const values = new Set(list.split(',').map(value => value.trim()));
      const isMember = (labels: Readonly<Record<string, string>>) => key in labels && values.has(labels[key]);
      return operator === 'in' ? isMember : labels => !isMember(labels);
    },
  },
  {
    pattern: new RegExp(`^${keyPattern}$`),
    requirementOf:
      ([, key]) =>
      labels =>
        key in labels,
  },
  {
    pattern: new RegExp(`^!\\s*${keyPattern}$`),
    requirementOf:
      ([, key]) =>
      labels =>
        !(key in labels),
  },
];

/**
 * A label selector as kubectl takes it: `a=b`, `a!=b`, `a in (b,c)`, `a notin (b)`, `a`, `!a`, joined by commas. It is
 * applied here and not by the cluster, because pages read the same objects.
 *
 * Source: {@link https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors}
 */
export class LabelSelector {
  /** As it was written. */
  readonly text: string;
  readonly #requirements: readonly Requirement[];

  private constructor(text: string, requirements: readonly Requirement[]) {
    this.text = text;
    this.#requirements = requirements;
  }

  /** @throws Error naming the part that cannot be understood */
  static parse(text: string): LabelSelector {
    const parts = text.split(/,(?![^(]*\))/).map(part => part.trim());
    return new LabelSelector(text, parts.map(requirementOf));
  }

  matches(labels: Readonly<Record<string, string>>): boolean {
    return this.#requirements.every(requirement => requirement(labels));
  }
}

function requirementOf(part: string): Requirement {
  for (const form of forms) {
    const match = form.pattern.exec(part);
    if (match) return form.requirementOf(match);
  }
  throw new Error(`"${part}" is no part of a Kubernetes label selector`);
}
