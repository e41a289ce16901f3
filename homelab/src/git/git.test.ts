import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { startGitHomelab, type GitHomelab } from './index';

let directory: string;
let server: GitHomelab;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'homelab-git-'));
  server = await startGitHomelab({ directory: join(directory, 'repositories') });
});
afterEach(async () => {
  await server.close();
  await rm(directory, { recursive: true, force: true });
});

/** The system's git, as a person runs it, with nothing of this machine's configuration. */
async function git(folder: string, ...commandArguments: string[]): Promise<string> {
  const env = { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: '/dev/null', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' };
  const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org'];
  const { stdout } = await promisify(execFile)('git', [...identity, ...commandArguments], { cwd: folder, env });
  return stdout.trim();
}

async function api(path: string, init: RequestInit & { as?: string } = {}) {
  const headers = init.as === undefined ? undefined : { authorization: init.as };
  const response = await fetch(`${server.url}/api/v1${path}`, { ...init, headers });
  return { status: response.status, body: response.status === 204 ? undefined : await response.json() };
}

const asUser = () => `token ${server.token}`;
const asBasic = () => `basic ${Buffer.from(`leitstand:${server.token}`).toString('base64')}`;
/** Address of a repository with user and token. */
const address = (name: string) =>
  server.url.replace('//', `//leitstand:${server.token}@`).concat(`/homelab/${name}.git`);

async function createRepository(body: object, as = asUser()) {
  return api('/orgs/homelab/repos', { method: 'POST', body: JSON.stringify(body), as });
}

/** Pushes two commits to `main`. @returns the folder and the id of the last commit */
async function pushFiles(name: string) {
  const folder = join(directory, `work-${name}`);
  await git(directory, 'init', '--quiet', '--initial-branch=main', folder);
  await writeFile(join(folder, 'README.md'), '# <Weather>\n');
  await git(folder, 'add', '.');
  await git(folder, 'commit', '--quiet', '-m', 'first');
  await promisify(execFile)('mkdir', [join(folder, 'sql')]);
  await writeFile(join(folder, 'sql', 'create model.sql'), 'SELECT 1;\n');
  await git(folder, 'add', '.');
  await git(folder, 'commit', '--quiet', '-m', 'add the SQL');
  await git(folder, 'push', '--quiet', address(name), 'main');
  return { folder, head: await git(folder, 'rev-parse', 'HEAD') };
}

describe('the calls that publish:gitea makes', () => {
  it('finds an organisation, creates a repository, and says what went wrong as Gitea does', async () => {
    expect((await api('/orgs/homelab', { as: asBasic() })).body).toMatchObject({ username: 'homelab' });
    expect((await api('/orgs/nobody')).status).toBe(404);

    const created = await createRepository({ name: 'weather', description: 'Temperatures', private: false });
    expect(created).toMatchObject({
      status: 201,
      body: { full_name: 'homelab/weather', default_branch: 'main', empty: true, private: false },
    });
    expect(created.body.clone_url).toBe(`${server.url}/homelab/weather.git`);

    const again = await createRepository({ name: 'weather' });
    expect(again).toMatchObject({ status: 409, body: { message: expect.stringContaining('already exists') } });
  });

  it.each([
    [{ name: '../../escape' }, 422],
    [{ name: '..' }, 422],
    [{ name: 'x.git' }, 422],
    [{ name: 'x', default_branch: '--upload-pack=x' }, 422],
    [{ name: 3 }, 422],
    [{ name: 'x', auto_init: true }, 501],
  ])('refuses to create %j', async (body, status) => {
    expect((await createRepository(body)).status).toBe(status);
    expect((await api('/repos/homelab/x', { as: asUser() })).status).toBe(404);
  });

  it('lets nobody create or delete without the token, or with a wrong one', async () => {
    await createRepository({ name: 'kept' });
    const request = { method: 'POST', body: JSON.stringify({ name: 'other' }) };
    expect((await api('/orgs/homelab/repos', request)).body).toMatchObject({ message: 'token is required' });
    expect((await api('/orgs/homelab/repos', { ...request, as: 'token wrong' })).status).toBe(401);
    expect((await api('/repos/homelab/kept', { method: 'DELETE' })).status).toBe(401);
    expect((await api('/repos/homelab/kept', { method: 'DELETE', as: asUser() })).status).toBe(204);
    expect((await api('/repos/homelab/kept', { as: asUser() })).status).toBe(404);
  });

  it('refuses loudly what it does not model', async () => {
    expect((await api('/repos/homelab/x/issues', { as: asUser() })).status).toBe(501);
    expect([...server.journal].map(({ refusal }) => refusal)).toEqual([
      expect.stringContaining('/repos/homelab/x/issues'),
    ]);
  });
});

describe("git's protocol", () => {
  it('pushes with the token and clones without, and keeps the repositories over a restart', async () => {
    await createRepository({ name: 'weather' });
    const { head } = await pushFiles('weather');
    const { port, token } = server;
    await server.close();
    server = await startGitHomelab({ directory: join(directory, 'repositories'), port, token });

    await git(directory, 'clone', '--quiet', `${server.url}/homelab/weather.git`, 'clone');
    expect(await git(join(directory, 'clone'), 'rev-parse', 'HEAD')).toBe(head);
    expect(await readFile(join(directory, 'clone', 'sql', 'create model.sql'), 'utf8')).toBe('SELECT 1;\n');
    expect(server.journal.count(({ error, refusal }) => error !== undefined || refusal !== undefined)).toBe(0);
  });

  it('refuses a push without the token, and anything of a private repository', async () => {
    await createRepository({ name: 'open' });
    await createRepository({ name: 'closed', private: true });
    const { folder } = await pushFiles('closed');
    await expect(git(folder, 'push', `${server.url}/homelab/open.git`, 'main')).rejects.toThrow(/Username/);
    await expect(git(directory, 'ls-remote', `${server.url}/homelab/closed.git`)).rejects.toThrow(/Username/);
    await expect(git(directory, 'ls-remote', address('absent'))).rejects.toThrow(/not found/);
    expect((await fetch(`${server.url}/homelab/closed`)).status).toBe(404);
    expect((await api('/repos/homelab/closed')).status).toBe(404);
    expect((await api('/repos/homelab/closed', { as: asBasic() })).body).toMatchObject({ private: true, empty: false });
  });

  it('takes a push larger than what git sends in one piece, and leaves nothing open', async () => {
    await createRepository({ name: 'large' });
    const { folder } = await pushFiles('large');
    const bytes = Buffer.alloc(3 * 1024 * 1024);
    for (let index = 0; index < bytes.length; index++) bytes[index] = (index * 2654435761) >>> 13;
    await writeFile(join(folder, 'data.bin'), bytes);
    await git(folder, 'add', '.');
    await git(folder, 'commit', '--quiet', '-m', 'data');
    await git(folder, 'push', '--quiet', address('large'), 'main');
    const sources = await fetch(`${server.url}/homelab/large/src/branch/main/data.bin`);
    expect(await sources.text()).toContain('too large to show');
    await server.close();
    expect(server.openSocketCount).toBe(0);
  });

  it('survives a push whose connection is cut', async () => {
    await createRepository({ name: 'cut' });
    using _fault = server.faults.always({ path: '/homelab/cut.git/info/refs' }, { action: 'reset', afterBytes: 20 });
    await expect(pushFiles('cut')).rejects.toThrow();
    expect((await api('/repos/homelab/cut')).body).toMatchObject({ empty: true });
  });
});

describe('the reads of the URL reader, and the pages', () => {
  beforeEach(async () => {
    await createRepository({ name: 'weather' });
  });

  it('gives a file, the commit of a branch, and the archive', async () => {
    const { head } = await pushFiles('weather');
    const file = await api('/repos/homelab/weather/contents/sql/create%20model.sql?ref=main');
    expect(file.body).toMatchObject({ encoding: 'base64', path: 'sql/create model.sql', last_commit_sha: head });
    expect(Buffer.from(file.body.content, 'base64').toString('utf8')).toBe('SELECT 1;\n');
    expect((await api('/repos/homelab/weather/contents/absent?ref=main')).status).toBe(404);
    expect((await api('/repos/homelab/weather/contents/README.md?ref=absent')).status).toBe(404);
    expect((await api('/repos/homelab/weather/contents/..%2F..%2Fconfig?ref=main')).status).toBe(404);
    expect((await api('/repos/homelab/weather/contents/sql?ref=main')).status).toBe(501);
    expect((await api('/repos/homelab/weather/git/commits/main')).body).toMatchObject({ sha: head });

    const archive = await fetch(`${server.url}/api/v1/repos/homelab/weather/archive/main.tar.gz`);
    const tar = gunzipSync(Buffer.from(await archive.arrayBuffer())).toString('latin1');
    expect(tar).toContain('weather/sql/create model.sql');
  });

  it('shows files and commits as text, never as markup', async () => {
    expect((await fetch(`${server.url}/homelab/weather/src/branch/main`)).status).toBe(404); // nothing was pushed
    await pushFiles('weather');
    const page = async (path: string) => {
      const response = await fetch(server.url + path);
      expect([path, response.status]).toEqual([path, 200]);
      return response.text();
    };
    expect(await page('/')).toContain('/homelab/weather');
    const root = await page('/homelab/weather/src/branch/main/');
    expect(root).toContain('href="/homelab/weather/src/branch/main/sql"');
    expect(root).toContain('add the SQL');
    expect(await page('/homelab/weather/src/branch/main/sql')).toContain('create%20model.sql');
    expect(await page('/homelab/weather/src/branch/main/README.md')).toContain('# &lt;Weather&gt;');
    expect((await fetch(`${server.url}/homelab/weather/src/branch/main/absent`)).status).toBe(404);
    expect((await fetch(`${server.url}/homelab/%ff`)).status).toBe(400);
  });
});
