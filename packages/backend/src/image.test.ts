import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { load } from 'js-yaml';

const root = resolve(__dirname, '../../..');
const read = (file: string) => readFileSync(resolve(root, file), 'utf8');
const dockerfile = read('deploy/image/Dockerfile');

/** Names of the variables that a file cannot do without: comments and defaults (`${NAME:-…}`) aside. */
const variablesOf = (text: string) =>
  new Set([...text.replace(/#.*/g, '').matchAll(/\$\{(\w+)\}/g)].map(match => match[1]));

/** What the image takes from the repository, last stage first come or not. */
const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(match => match[1].split(' '));

describe('the image', () => {
  it('takes what is there, and what an installation by hand takes', async () => {
    const bundle = read('scripts/launcher/bundle.mjs');
    expect(copied).toEqual(expect.arrayContaining(['app-config.production.yaml', 'templates', '.yarn/patches']));
    expect(copied.filter(path => !existsSync(resolve(root, path)))).toEqual([]);
    for (const path of copied.filter(name => name !== '.')) {
      expect(bundle).toContain(`'${path.split('/').at(-1)}'`);
    }
  });

  it('is built and run with the Node.js that the launcher brings', () => {
    const [, version] = /NODE_VERSION = '(.+)'/.exec(read('scripts/launcher/node.mjs')) ?? [];
    expect(dockerfile).toContain(`ARG NODE_IMAGE=node:${version}-`);
    expect(dockerfile.match(/^FROM .+$/gm)?.every(line => line.startsWith('FROM ${NODE_IMAGE}'))).toBe(true);
  });

  it('installs only where a registry, a proxy and a certificate authority of one’s own can be named', () => {
    const installs = dockerfile.split(/^(?=RUN )/m).filter(text => /yarn-\S+\.cjs (install|workspaces)/.test(text));
    expect(installs).toHaveLength(2);
    for (const install of installs) {
      expect(install).toContain('--mount=type=secret,id=yarnrc,target=/root/.yarnrc.yml');
      expect(install).toContain('--mount=type=secret,id=ca,target=/run/secrets/ca');
    }
    expect(dockerfile).toContain('main.mjs bundle --installed'); // or it would install once more, without them
  });
});

describe('the compose file', () => {
  const compose = load(read('deploy/compose/compose.yaml')) as {
    services: Record<'portal' | 'database', { environment: Record<string, string>; healthcheck?: { test: string[] } }>;
  };
  const example = new Set([...read('deploy/compose/.env.example').matchAll(/^(\w+)=/gm)].map(match => match[1]));

  it('gives the portal every variable of the shipped configuration', () => {
    const given = new Set([...Object.keys(compose.services.portal.environment), ...example]);
    const needed = ['app-config.production.yaml', 'deploy/systems.yaml'].flatMap(file => [...variablesOf(read(file))]);
    expect(needed).toContain('LEITSTAND_DATABASE_URL');
    expect(needed.filter(name => !given.has(name))).toEqual([]);
  });

  it('asks for nothing that the example of .env does not name', () => {
    const asked = [...read('deploy/compose/compose.yaml').matchAll(/\$\{(\w+)(?=[:}])/g)].map(match => match[1]);
    expect(asked.filter(name => !example.has(name))).toEqual(['LEITSTAND_IMAGE']);
  });

  it('waits for the database that answers other machines, not for the one that is being set up', () => {
    expect(compose.services.database.healthcheck?.test.join(' ')).toContain('--host');
  });
});
