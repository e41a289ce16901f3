// https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format

/** Names and values of the labels of one sample. */
export type Labels = Record<string, string>;

interface Family {
  type: 'counter' | 'gauge';
  help: string;
  samples: Map<string, number>;
}

/** What a Prometheus server is told to expect of `text`. */
export const metricsContentType = 'text/plain; version=0.0.4; charset=utf-8';

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length > 0 ? `{${pairs.join(',')}}` : '';
}

/** The metrics of one process. */
export class Metrics {
  private readonly families = new Map<string, Family>();

  /** Counts one more, or makes the counter known with the `amount` 0. */
  count(name: string, help: string, { labels = {}, amount = 1 }: { labels?: Labels; amount?: number } = {}): void {
    const { samples } = this.family(name, { type: 'counter', help });
    const key = labelText(labels);
    samples.set(key, (samples.get(key) ?? 0) + amount);
  }

  set(name: string, help: string, value: number): void {
    this.family(name, { type: 'gauge', help }).samples.set('', value);
  }

  /** The text format, with a line feed at the end. */
  get text(): string {
    return [...this.families]
      .flatMap(([name, { type, help, samples }]) => [
        `# HELP ${name} ${help}`,
        `# TYPE ${name} ${type}`,
        ...[...samples].map(([labels, value]) => `${name}${labels} ${value}`),
      ])
      .map(line => `${line}\n`)
      .join('');
  }

  private family(name: string, description: Omit<Family, 'samples'>): Family {
    const family = this.families.get(name) ?? { ...description, samples: new Map() };
    this.families.set(name, family);
    return family;
  }
}
