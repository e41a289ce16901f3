import { escapeHtml, htmlPage } from '../core';
import type { Repositories, RepositoryDescription, TreeEntry } from './Repositories';

/** Which page of a repository is asked for. */
export interface SourcePageRequest {
  repository: RepositoryDescription;
  /** Branch; the default one when the address names none. */
  branch: string;
  /** Of a file or a folder; '' is the root. */
  path: string;
}

/** Largest file that a page shows. */
const fileLimitBytes = 512 * 1024;

/** The page behind "view source": a folder with the latest commits, or a file. @returns undefined when it does not exist */
export async function sourcePage(
  repositories: Repositories,
  { repository, branch, path }: SourcePageRequest,
): Promise<string | undefined> {
  const { owner, name, description } = repository;
  const root = `/${owner}/${name}/src/branch/${branch}`;
  const commit = await repositories.resolve(repository, branch);
  if (!commit) return undefined;
  const title = [`${owner}/${name}`, ...(path ? [path] : [])].join(': ');
  const head = `<p>${escapeHtml(description)} Branch <a href="${root}">${escapeHtml(branch)}</a></p>`;
  const entries = await repositories.listFolder(repository, commit, path);
  if (entries) {
    const log = await repositories.log(repository, commit);
    const commits = log.map(
      ({ sha, subject, authorName, authoredAt }) =>
        `<li><code>${sha.slice(0, 10)}</code> ${escapeHtml(`${subject} (${authorName}, ${authoredAt})`)}</li>`,
    );
    const folder = path ? `${root}/${path}` : root;
    return htmlPage(title, `${head}${fileList(folder, entries)}<h2>Commits</h2><ul>${commits.join('\n')}</ul>`, {
      isWide: true,
    });
  }
  const content = await repositories.readFile(repository, commit, path);
  if (!content) return undefined;
  return htmlPage(title, `${head}${fileContent(content)}`, { isWide: true });
}

/** The page of an organisation: its repositories. */
export function organizationPage(owner: string, repositories: RepositoryDescription[]): string {
  const items = repositories.map(
    ({ name, description }) => `<li>${link(`/${owner}/${name}`, name)} ${escapeHtml(description)}</li>`,
  );
  return htmlPage(owner, items.length ? `<ul>${items.join('\n')}</ul>` : '<p>No repositories yet.</p>', {
    isWide: true,
  });
}

function fileList(folder: string, entries: TreeEntry[]): string {
  const items = entries.map(({ name, type }) => {
    const address = `${folder}/${name}`.split('/').map(encodeURIComponent).join('/');
    return `<li>${link(address, type === 'dir' ? `${name}/` : name)}</li>`;
  });
  return `<ul>${items.join('\n')}</ul>`;
}

function fileContent(content: Buffer): string {
  if (content.length > fileLimitBytes) return `<p>${content.length} bytes: too large to show. Clone it.</p>`;
  if (content.includes(0)) return `<p>${content.length} bytes that are no text.</p>`;
  return `<pre>${escapeHtml(content.toString('utf8'))}</pre>`;
}

function link(address: string, text: string): string {
  return `<a href="${escapeHtml(address)}">${escapeHtml(text)}</a>`;
}
