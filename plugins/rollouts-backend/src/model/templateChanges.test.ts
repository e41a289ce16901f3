import { randomBytes } from 'node:crypto';
import { redactTemplate } from './redactTemplate';
import { templateChanges } from './templateChanges';

function templateWith(container: object, more: object = {}) {
  return { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', ...container }], ...more } };
}

describe('templateChanges', () => {
  it('names what changes as a person would, images first', () => {
    const before = templateWith({
      image: 'web:v1',
      env: [
        { name: 'PORT', value: '80' },
        { name: 'GONE', value: 'x' },
        { name: 'DATABASE_URL', valueFrom: { secretKeyRef: { name: 'db', key: 'url' } } },
      ],
      resources: { limits: { memory: '128Mi' } },
      ports: [{ containerPort: 80 }],
    });
    const after = templateWith(
      {
        image: 'web:v2',
        env: [
          { name: 'DATABASE_URL', valueFrom: { secretKeyRef: { name: 'db', key: 'uri' } } },
          { name: 'PORT', value: '8080' },
        ],
        resources: { limits: { memory: '256Mi' } },
        ports: [{ containerPort: 80 }],
      },
      { initContainers: [{ name: 'migrate', image: 'web:v2' }], terminationGracePeriodSeconds: 60 },
    );
    const changes = templateChanges(before, after);
    expect(changes.slice(0, 2)).toEqual([
      { label: 'image of container web', before: 'web:v1', after: 'web:v2' },
      { label: 'image of init container migrate', before: null, after: 'web:v2' },
    ]);
    expect(Object.fromEntries(changes.slice(2).map(change => [change.label, [change.before, change.after]]))).toEqual({
      'env GONE of container web': ['x', null],
      'env[GONE].name of container web': ['GONE', null],
      'env PORT of container web': ['80', '8080'],
      'env[DATABASE_URL].valueFrom.secretKeyRef.key of container web': ['url', 'uri'],
      'name of init container migrate': [null, 'migrate'],
      'resources.limits.memory of container web': ['128Mi', '256Mi'],
      'spec.terminationGracePeriodSeconds': [null, '60'],
    });
  });

  it('is empty for equal templates', () => {
    expect(templateChanges(templateWith({ image: 'a' }), templateWith({ image: 'a' }))).toEqual([]);
  });
});

describe('redactTemplate', () => {
  const secrets = templateWith({
    env: [
      { name: 'DB_PASSWORD', value: 'hunter2' },
      { name: 'DATABASE_URL', value: 'postgres://todo:hunter2@db:5432/todo' },
      { name: 'PORT', value: '80' },
    ],
    args: ['--password=hunter2', '--token', 'shown'],
  });

  it('hides what looks like a secret and nothing else', () => {
    const text = JSON.stringify(redactTemplate(secrets, randomBytes(32)));
    expect(text).not.toContain('hunter2');
    expect(text).toContain('postgres://todo:(hidden ');
    expect(text).toContain('"value":"80"');
  });

  it('shows that a secret changes, and that one does not', () => {
    const key = randomBytes(32);
    const other = templateWith({ ...secrets.spec.containers[0], env: [{ name: 'DB_PASSWORD', value: 'other' }] });
    const changes = templateChanges(redactTemplate(secrets, key), redactTemplate(other, key));
    const password = changes.find(({ label }) => label === 'env DB_PASSWORD of container web');
    expect(password?.before).toMatch(/^\(hidden [0-9a-f]{6}\)$/);
    expect(password?.after).toMatch(/^\(hidden [0-9a-f]{6}\)$/);
    expect(changes.some(({ label }) => label.startsWith('args'))).toBe(false);
    expect(redactTemplate(secrets, key)).not.toEqual(redactTemplate(secrets, randomBytes(32)));
  });
});
