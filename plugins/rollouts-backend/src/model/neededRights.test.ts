import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { nameOfRight, operateRights, readRights } from './neededRights';

interface ClusterRole {
  kind: string;
  rules: { apiGroups: string[]; resources: string[]; verbs: string[] }[];
}

/** Every right that the roles of a manifest grant. */
function grantsOf(file: string): string[] {
  const text = readFileSync(path.join(__dirname, '../../../../deploy/rbac', file), 'utf8');
  const documents = parseAllDocuments(text).map(document => document.toJS() as ClusterRole);
  return documents
    .filter(({ kind }) => kind === 'ClusterRole')
    .flatMap(({ rules }) => rules)
    .flatMap(({ apiGroups, resources, verbs }) =>
      apiGroups.flatMap(group =>
        resources.flatMap(resource => verbs.map(verb => nameOfRight({ verb, group, resource }))),
      ),
    );
}

describe.each([
  ['reader.yaml', readRights],
  ['operator.yaml', operateRights],
])('deploy/rbac/%s', (file, rights) => {
  it('grants exactly what the portal asks for', () => {
    expect(grantsOf(file).sort()).toEqual(rights.map(nameOfRight).sort());
  });
});
