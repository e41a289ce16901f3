import { randomBytes } from 'node:crypto';
import type { Change, DocumentDiff } from '@leitstand/plugin-operations-common';
import type { JsonValue } from '@leitstand/plugin-operations-node';
import { loadKubernetesLibrary } from '../client/kubernetesLibrary';
import { redactTemplate } from '../model/redactTemplate';
import type { PodTemplate } from '../model/rollbackDocuments';
import { templateChanges } from '../model/templateChanges';

/** What differs between two pod templates, without what looks like a secret. */
export async function describeTemplates(
  before: PodTemplate,
  after: PodTemplate,
  title: string,
): Promise<{ changes: Change[]; documents: DocumentDiff[] }> {
  const { dumpYaml } = await loadKubernetesLibrary();
  const key = randomBytes(32);
  const [left, right] = [before, after].map(template => redactTemplate(template as JsonValue, key));
  const dump = (template: JsonValue) => dumpYaml(template, { sortKeys: true, noRefs: true });
  return {
    changes: templateChanges(left, right),
    documents: [{ title, language: 'yaml', before: dump(left), after: dump(right) }],
  };
}
