import { access, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runGit } from './runGit';

/** What a repository's creator says of it. */
export interface RepositoryDescription {
  /** Organisation that it belongs to. */
  owner: string;
  name: string;
  description: string;
  /** Read by users only. */
  isPrivate: boolean;
  defaultBranch: string;
  /** RFC 3339. */
  createdAt: string;
}

/** One line of a folder's listing. */
export interface TreeEntry {
  name: string;
  type: 'file' | 'dir';
  /** Object id. */
  sha: string;
}

/** One commit. */
export interface Commit {
  sha: string;
  /** First line of its message. */
  subject: string;
  authorName: string;
  authorEmail: string;
  /** RFC 3339. */
  authoredAt: string;
}

/** Name of the file in each bare repository that keeps its {@link RepositoryDescription}. */
const descriptionFile = 'leitstand-homelab.json';

/** Commits that a log shows. */
const logLimitCount = 50;

/** Bare repositories in a folder, `<owner>/<name>.git`. */
export class Repositories {
  constructor(
    readonly directory: string,
    readonly organizations: readonly string[],
  ) {}

  /** @returns undefined when there is none, or when a name could not be one */
  async find(owner: string, name: string): Promise<RepositoryDescription | undefined> {
    if (!this.organizations.includes(owner) || !isRepositoryName(name)) return undefined;
    try {
      return JSON.parse(await readFile(join(this.path(owner, name), descriptionFile), 'utf8')) as RepositoryDescription;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** All of an organisation, by name. */
  async list(owner: string): Promise<RepositoryDescription[]> {
    const folder = join(this.directory, owner);
    const names = await readdir(folder).catch(() => []); // no folder before the first repository
    const found = await Promise.all(names.sort().map(name => this.find(owner, name.replace(/\.git$/, ''))));
    return found.filter(repository => repository !== undefined);
  }

  /** Creates an empty repository. @throws Error when git fails */
  async create(repository: RepositoryDescription): Promise<void> {
    const path = this.path(repository.owner, repository.name);
    await mkdir(path, { recursive: true });
    // Automatic maintenance would go on in the background, after the request that started it.
    const settings = ['http.receivepack=true', 'receive.autogc=false', 'gc.auto=0'];
    const done = await runGit(path, ['init', '--quiet', '--bare', `--initial-branch=${repository.defaultBranch}`]);
    if (!done) throw new Error(`git could not create ${repository.owner}/${repository.name}`);
    for (const setting of settings) await runGit(path, ['config', ...setting.split('=')]);
    await writeFile(join(path, descriptionFile), JSON.stringify(repository));
  }

  async delete({ owner, name }: RepositoryDescription): Promise<void> {
    await rm(this.path(owner, name), { recursive: true, force: true });
  }

  /** Object id of the commit that a branch, tag or id names. @returns undefined when nothing is called so */
  async resolve(repository: RepositoryDescription, reference: string): Promise<string | undefined> {
    const query = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${reference}^{commit}`];
    return (await this.git(repository, query))?.toString('utf8').trim();
  }

  /** Content of a file as of a commit. @returns undefined when there is no file of that path */
  async readFile(repository: RepositoryDescription, commit: string, path: string): Promise<Buffer | undefined> {
    return this.git(repository, ['cat-file', 'blob', `${commit}:${path}`]);
  }

  /** Object id of a file or folder as of a commit. */
  async objectId(repository: RepositoryDescription, commit: string, path: string): Promise<string | undefined> {
    return (await this.git(repository, ['rev-parse', '--verify', '--quiet', `${commit}:${path}`]))?.toString().trim();
  }

  /** What a folder holds, folders first; '' is the root. @returns undefined when there is no folder of that path */
  async listFolder(repository: RepositoryDescription, commit: string, path: string): Promise<TreeEntry[] | undefined> {
    const output = await this.git(repository, ['ls-tree', '-z', `${commit}:${path}`]);
    const lines = output?.toString('utf8').split('\0').filter(Boolean);
    const entries = lines?.map(line => {
      const [, kind, sha, name] = /^\d+ (\w+) (\w+)\t(.*)$/s.exec(line) ?? [];
      return { name, sha, type: kind === 'tree' ? ('dir' as const) : ('file' as const) };
    });
    return entries?.sort((a, b) => a.type.localeCompare(b.type) || a.name.localeCompare(b.name));
  }

  /** The latest commits that lead to one, newest first. */
  async log(repository: RepositoryDescription, commit: string, limitCount = logLimitCount): Promise<Commit[]> {
    const format = '--format=%H%x00%s%x00%an%x00%ae%x00%aI';
    const output = await this.git(repository, ['log', `--max-count=${limitCount}`, format, commit]);
    const lines = output?.toString('utf8').split('\n').filter(Boolean) ?? [];
    return lines.map(line => {
      const [sha, subject, authorName, authorEmail, authoredAt] = line.split('\0');
      return { sha, subject, authorName, authorEmail, authoredAt };
    });
  }

  /** The files of a commit as `.tar.gz`, in one folder named like the repository. @throws Error when git fails */
  async archive(repository: RepositoryDescription, commit: string): Promise<Buffer> {
    const bytes = await this.git(repository, ['archive', '--format=tar.gz', `--prefix=${repository.name}/`, commit]);
    if (!bytes) throw new Error(`git could not archive ${repository.owner}/${repository.name}`);
    return bytes;
  }

  private path(owner: string, name: string): string {
    return join(this.directory, owner, `${name}.git`);
  }

  private async git({ owner, name }: RepositoryDescription, commandArguments: string[]): Promise<Buffer | undefined> {
    const path = this.path(owner, name);
    await access(path);
    return runGit(path, ['--git-dir=.', ...commandArguments]);
  }
}

/** Whether Gitea would take a repository's name (`modules/validation`, `models/repo/repo.go`). */
export function isRepositoryName(name: string): boolean {
  const isReserved = /^(\.|\.\.|-)$/.test(name) || /\.(git|wiki|rss|atom)$/i.test(name);
  return /^[A-Za-z0-9_.-]{1,100}$/.test(name) && !isReserved;
}

/** Whether git would take a branch's name, by the strict half of its rules. https://git-scm.com/docs/git-check-ref-format */
export function isBranchName(name: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}$/.test(name) && !/\.\.|\.$|\.lock$/.test(name);
}
