import { errorCodeOf } from '@leitstand/plugin-kit-common';
import { annotationsAfter, checkRollback, chooseTarget, rollbackOperations, templateOf } from './rollback';
import {
  deploymentDocumentType,
  formatLabelSelector,
  replicaSetDocumentType,
  type DeploymentDocument,
} from './rollbackDocuments';

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';
const revision = 'deployment.kubernetes.io/revision';
const cause = 'kubernetes.io/change-cause';
const entityRef = 'leitstand.io/entity-ref';

function templateWith(image: string, hash?: string) {
  return {
    metadata: { labels: { app: 'web', ...(hash ? { 'pod-template-hash': hash } : {}) } },
    spec: { containers: [{ name: 'web', image, aFieldOfTomorrow: { kept: true } }] },
  };
}

function deploymentWith(spec: object = {}): DeploymentDocument {
  return deploymentDocumentType.schema.parse({
    metadata: {
      name: 'web',
      namespace: 'shop',
      uid: 'deployment',
      resourceVersion: '42',
      generation: 7,
      annotations: {
        [revision]: '4',
        [lastApplied]: '{}',
        [cause]: 'deploy v4',
        [entityRef]: 'component:web',
        added: 'x',
      },
    },
    spec: { selector: { matchLabels: { app: 'web' } }, template: templateWith('web:v4'), ...spec },
  });
}

function replicaSetWith(number: number, options: { owner?: string; annotations?: object } = {}) {
  return replicaSetDocumentType.schema.parse({
    metadata: {
      name: `web-${number}`,
      namespace: 'shop',
      uid: `set-${number}`,
      resourceVersion: '1',
      annotations: {
        [revision]: String(number),
        [cause]: `deploy v${number}`,
        'deployment.kubernetes.io/desired-replicas': '2',
        ...options.annotations,
      },
      ownerReferences: [{ kind: 'Deployment', name: 'web', uid: options.owner ?? 'deployment', controller: true }],
    },
    spec: { template: templateWith(`web:v${number}`, `hash${number}`) },
  });
}

const deployment = deploymentWith();
const history = [replicaSetWith(2), replicaSetWith(4), replicaSetWith(3), replicaSetWith(9, { owner: 'other' })];

function codeOf(act: () => unknown): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    return errorCodeOf(error);
  }
}

describe('chooseTarget', () => {
  it('takes the second-highest revision that the Deployment owns, or the given one', () => {
    expect(chooseTarget(deployment, history, undefined).revision).toBe(3);
    expect(chooseTarget(deployment, history, 2).replicaSet.metadata.name).toBe('web-2');
  });

  it('refuses a revision that there is not, naming those that there are', () => {
    expect(() => chooseTarget(deployment, history, 9)).toThrow(
      'There is no revision 9 of shop/web; the cluster keeps: 4, 3, 2.',
    );
    expect(codeOf(() => chooseTarget(deployment, [replicaSetWith(4)], undefined))).toBe('REVISION_NOT_FOUND');
  });
});

describe('checkRollback', () => {
  it('refuses a paused Deployment, and the template that it has already', () => {
    const target = chooseTarget(deployment, history, 3);
    expect(codeOf(() => checkRollback(deployment, target))).toBeUndefined();
    expect(codeOf(() => checkRollback(deploymentWith({ paused: true }), target))).toBe('ROLLOUT_PAUSED');
    expect(codeOf(() => checkRollback(deployment, chooseTarget(deployment, history, 4)))).toBe('NOTHING_TO_CHANGE');
  });
});

describe('rollbackOperations', () => {
  const target = chooseTarget(
    deployment,
    [...history.slice(0, 2), replicaSetWith(3, { annotations: { old: 'y', [entityRef]: 'component:stolen' } })],
    3,
  );

  it('puts the whole template back, without the hash', () => {
    expect(templateOf(target.replicaSet)).toEqual(templateWith('web:v3'));
    expect(rollbackOperations(deployment, target, 'because')).toEqual([
      { op: 'replace', path: '/spec/template', value: templateWith('web:v3') },
      { op: 'add', path: '/metadata/annotations', value: annotationsAfter(deployment, target, 'because') },
    ]);
  });

  it('keeps the annotations that kubectl keeps, and the claim of an entity, and takes the others of the revision', () => {
    expect(annotationsAfter(deployment, target, 'because')).toEqual({
      [lastApplied]: '{}',
      [revision]: '4',
      [entityRef]: 'component:web',
      old: 'y',
      [cause]: 'because',
    });
  });
});

it('formatLabelSelector writes all operators', () => {
  const selector = {
    matchLabels: { app: 'web' },
    matchExpressions: [
      { key: 'tier', operator: 'In', values: ['a', 'b'] },
      { key: 'zone', operator: 'NotIn', values: ['x'] },
      { key: 'blue', operator: 'Exists', values: [] },
      { key: 'green', operator: 'DoesNotExist', values: [] },
    ],
  };
  expect(formatLabelSelector(selector)).toBe('app=web,tier in (a,b),zone notin (x),blue,!green');
});
