import { ConfigReader } from '@backstage/config';
import { readDoorConfig } from './config';

function read(operations: object) {
  return readDoorConfig(new ConfigReader({ operations } as never));
}

const target = { system: 'k3s', cluster: 'k3s', namespace: 'shop', kind: 'Deployment', name: 'web' };
const approvers = ['group:default/admins'];

describe('readDoorConfig', () => {
  it('asks nobody and lets nobody in by default', () => {
    const { approvals, services, agentsMayRun, retentionDays, resumeWithinMs } = read({});
    expect(approvals.requirementOf({ operation: 'x', target, environment: undefined })).toBeUndefined();
    expect({ services, agentsMayRun, retentionDays, resumeWithinMs }).toEqual({
      ...{ services: [], agentsMayRun: [], retentionDays: undefined, resumeWithinMs: 600_000 },
    });
  });

  it('reads what there is', () => {
    const config = read({
      agents: { mayRun: ['rollouts-restart'] },
      services: [
        {
          ...{ subject: 'external:ci', name: 'ci', operations: ['rollouts-set-image'], owners: ['Shop-Team'] },
          responsible: ['user:default/Olga'],
        },
      ],
      secrets: [{ name: 'tunnel', value: 'hunter2' }],
      ledger: { retentionDays: 400 },
      resumeWithin: { minutes: 2 },
    });
    expect(config.agentsMayRun).toEqual(['rollouts-restart']);
    expect(config.services).toEqual([
      {
        ...{ subject: 'external:ci', requester: 'service:default/ci', operations: ['rollouts-set-image'] },
        owners: ['group:default/shop-team'],
        responsible: ['user:default/olga'],
      },
    ]);
    expect(config.secrets.resolve({ secretRef: 'tunnel' })).toBe('hunter2');
    expect(() => config.secrets.resolve({ secretRef: 'other' })).toThrow(
      expect.objectContaining({ name: 'InputError', code: 'SECRET_UNKNOWN' }),
    );
    expect([config.retentionDays, config.resumeWithinMs]).toEqual([400, 120_000]);
  });

  it('knows sign-ins by their tokens only where the tokens say so', () => {
    const marked = (auth: object) => readDoorConfig(new ConfigReader({ auth } as never)).areSignInsMarked;
    expect(marked({})).toBe(false);
    expect(marked({ omitIdentityTokenOwnershipClaim: true })).toBe(false);
    expect(marked({ omitIdentityTokenOwnershipClaim: false })).toBe(true);
  });

  it('takes the first rule that matches for who has to approve', () => {
    const { approvals } = read({
      environments: [{ name: 'production' }],
      approvals: [
        { operation: 'rollouts-restart', where: { namespace: ['shop', 'pay'] }, approvers: ['user:default/Olga'] },
        { where: { environment: 'production', cluster: 'k3s' }, approvers, expiresAfter: { minutes: 30 } },
        { operation: ['ml-models-retrain'], where: { project: 'lamp', dataset: 'weather' }, approvers },
      ],
    });
    const asked = (operation: string, environment?: string, place: object = {}) =>
      approvals.requirementOf({ operation, target: { ...target, ...place }, environment })?.expiresAfterHours;
    expect(approvals.requirementOf({ operation: 'rollouts-restart', target, environment: 'production' })).toEqual({
      approvers: ['user:default/olga'],
      expiresAfterHours: 4,
    });
    expect(asked('rollouts-restart', 'production', { namespace: 'other' })).toBe(0.5);
    expect(asked('rollouts-restart', 'staging', { namespace: 'other' })).toBeUndefined();
    expect(asked('rollouts-scale', 'production', { cluster: 'gke' })).toBeUndefined();
    const dataset = { cluster: undefined, project: 'lamp', dataset: 'weather' };
    expect(asked('ml-models-retrain', undefined, dataset)).toBe(4);
    expect(asked('ml-models-delete', undefined, dataset)).toBeUndefined();
  });

  it.each([
    { operations: { approvals: [{ where: { environment: 'nowhere' }, approvers }] }, message: /environment nowhere/ },
    { operations: { approvals: [{ approvers: [] }] }, message: /names no approvers/ },
    { operations: { approvals: [{ operation: [], approvers }] }, message: /empty list matches nothing/ },
    { operations: { approvals: [{ where: { cluster: [] }, approvers }] }, message: /empty list matches nothing/ },
    { operations: { approvals: [{ approvers: ['admins'] }] }, message: /'admins' is not a full reference/ },
    { operations: { approvals: [{ approvers, expiresAfter: { hours: 0 } }] }, message: /longer than nothing/ },
    { operations: { approvals: [{ approvers, expiresAfter: 'soon' }] }, message: /expiresAfter/ },
    { operations: { secrets: [{ name: 'No Name', value: 'x' }] }, message: /'No Name' is no name/ },
    {
      operations: {
        secrets: [
          { name: 'a', value: 'x' },
          { name: 'a', value: 'y' },
        ],
      },
      message: /two entries with the name a/,
    },
    { operations: { ledger: { retentionDays: 0 } }, message: /must be 1 or more/ },
    {
      operations: { services: [{ subject: 'external:ci', name: 'C I', operations: [], owners: [] }] },
      message: /'C I' is no name/,
    },
    {
      operations: {
        services: [{ subject: 'external:ci', name: 'ci', operations: [], owners: [], responsible: ['olga'] }],
      },
      message: /operations.services: 'olga' is not a full reference/,
    },
    {
      operations: {
        services: ['one', 'two'].map(name => ({ subject: 'external:ci', name, operations: [], owners: [] })),
      },
      message: /two entries have the subject of external:ci/,
    },
  ])('stops the start: $message', ({ operations, message }) => {
    expect(() => read(operations)).toThrow(message);
  });
});
