import type { Exchange } from '../core';
import { isBranchName, isRepositoryName, type Repositories, type RepositoryDescription } from './Repositories';

/** One call of Gitea's API (its `swagger.v1.json`), with what its path names. */
export interface ApiCall {
  exchange: Exchange;
  repositories: Repositories;
  /** Address of the server, without a slash at the end. */
  baseUrl: string;
  /** Whether somebody with a right token asks. */
  isUser: boolean;
  now: Date;
  /** The named parts of the path, decoded. */
  names: Record<string, string>;
}

/** Status with a body: an object is JSON, nothing is no body. */
export interface ApiReply {
  status: number;
  body?: object | Buffer;
}

/** A request that is refused, in Gitea's form. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

type ApiHandler = (call: ApiCall) => Promise<ApiReply> | ApiReply;

const bodyLimitBytes = 64 * 1024;

/** Everything of `/api/v1` that is answered: what `publish:gitea` and the URL reader of Backstage call, and deletion. */
const apiRoutes: [method: string, path: RegExp, handler: ApiHandler][] = [
  ['GET', /^\/orgs\/(?<owner>[^/]+)$/, getOrganization],
  ['POST', /^\/orgs\/(?<owner>[^/]+)\/repos$/, createRepository],
  ['GET', /^\/repos\/(?<owner>[^/]+)\/(?<repo>[^/]+)$/, getRepository],
  ['DELETE', /^\/repos\/(?<owner>[^/]+)\/(?<repo>[^/]+)$/, deleteRepository],
  ['GET', /^\/repos\/(?<owner>[^/]+)\/(?<repo>[^/]+)\/contents\/(?<path>.+)$/, getContents],
  ['GET', /^\/repos\/(?<owner>[^/]+)\/(?<repo>[^/]+)\/git\/commits\/(?<ref>[^/]+)$/, getCommit],
  ['GET', /^\/repos\/(?<owner>[^/]+)\/(?<repo>[^/]+)\/archive\/(?<ref>[^/]+)\.tar\.gz$/, getArchive],
];

/**
 * Answers a path below `/api/v1`, which can be decoded.
 *
 * @throws ApiError with Gitea's status; 501 for a call that the homelab does not model
 */
export async function answerApi(path: string, call: Omit<ApiCall, 'names'>): Promise<ApiReply> {
  for (const [method, pattern, handler] of apiRoutes) {
    const match = method === call.exchange.entry.method && pattern.exec(path);
    if (!match) continue;
    const names = Object.entries(match.groups ?? {}).map(([key, value]) => [key, decodeURIComponent(value)]);
    return handler({ ...call, names: Object.fromEntries(names) as Record<string, string> });
  }
  throw new ApiError(501, `The homelab does not model ${call.exchange.entry.method} /api/v1${path}`);
}

function getOrganization({ names, repositories, baseUrl }: ApiCall): ApiReply {
  const { owner } = names;
  if (!repositories.organizations.includes(owner)) throw notFound();
  return { status: 200, body: { ...organization(owner, baseUrl), description: '', visibility: 'public' } };
}

async function createRepository(call: ApiCall): Promise<ApiReply> {
  const { names, repositories, now } = call;
  if (!call.isUser) throw tokenRequired();
  if (!repositories.organizations.includes(names.owner)) throw notFound();
  const body = await readJson(call.exchange);
  const name = textOf(body, 'name');
  const defaultBranch = textOf(body, 'default_branch') || 'main';
  if (!isRepositoryName(name)) throw new ApiError(422, '[Name]: AlphaDashDot');
  if (!isBranchName(defaultBranch)) throw new ApiError(422, '[DefaultBranch]: GitRefName');
  if (body.auto_init) throw new ApiError(501, 'The homelab does not model auto_init: push the first commit');
  if (await repositories.find(names.owner, name)) {
    throw new ApiError(409, 'The repository with the same name already exists.');
  }
  const repository: RepositoryDescription = {
    owner: names.owner,
    name,
    defaultBranch,
    description: textOf(body, 'description'),
    isPrivate: body.private === true,
    createdAt: now.toISOString(),
  };
  await repositories.create(repository);
  return { status: 201, body: await repositoryJson(call, repository) };
}

async function getRepository(call: ApiCall): Promise<ApiReply> {
  return { status: 200, body: await repositoryJson(call, await readable(call)) };
}

async function deleteRepository(call: ApiCall): Promise<ApiReply> {
  if (!call.isUser) throw tokenRequired();
  await call.repositories.delete(await readable(call));
  return { status: 204 };
}

async function getContents(call: ApiCall): Promise<ApiReply> {
  const { repositories, names, exchange } = call;
  const repository = await readable(call);
  const commit = await commitOf(call, repository, exchange.url.searchParams.get('ref') || repository.defaultBranch);
  const path = names.path.replace(/^\/+|\/+$/g, '');
  const content = await repositories.readFile(repository, commit, path);
  if (!content) {
    if (await repositories.listFolder(repository, commit, path)) {
      throw new ApiError(501, 'The homelab models the contents of files, not of folders');
    }
    throw notFound();
  }
  const sha = await repositories.objectId(repository, commit, path);
  const file = { name: path.split('/').at(-1), path, sha, last_commit_sha: commit, type: 'file', size: content.length };
  return { status: 200, body: { ...file, encoding: 'base64', content: content.toString('base64') } };
}

async function getCommit(call: ApiCall): Promise<ApiReply> {
  const repository = await readable(call);
  const sha = await commitOf(call, repository, call.names.ref);
  const [commit] = await call.repositories.log(repository, sha, 1);
  const author = { name: commit.authorName, email: commit.authorEmail, date: commit.authoredAt };
  const url = `${call.baseUrl}/api/v1/repos/${repository.owner}/${repository.name}/git/commits/${sha}`;
  return { status: 200, body: { sha, url, created: commit.authoredAt, commit: { message: commit.subject, author } } };
}

async function getArchive(call: ApiCall): Promise<ApiReply> {
  const repository = await readable(call);
  const commit = await commitOf(call, repository, call.names.ref);
  return { status: 200, body: await call.repositories.archive(repository, commit) };
}

/** The repository that the path names. @throws ApiError 404, also for a private one when nobody signed in */
async function readable({ repositories, names, isUser }: ApiCall): Promise<RepositoryDescription> {
  const repository = await repositories.find(names.owner, names.repo);
  if (!repository || (repository.isPrivate && !isUser)) throw notFound();
  return repository;
}

async function commitOf(call: ApiCall, repository: RepositoryDescription, reference: string): Promise<string> {
  const commit = await call.repositories.resolve(repository, reference);
  if (!commit) throw notFound();
  return commit;
}

function organization(name: string, baseUrl: string) {
  return { name, username: name, full_name: name, avatar_url: `${baseUrl}/avatars/${name}` };
}

async function repositoryJson({ repositories, baseUrl }: ApiCall, repository: RepositoryDescription): Promise<object> {
  const { owner, name, description, isPrivate, defaultBranch, createdAt } = repository;
  const url = `${baseUrl}/${owner}/${name}`;
  return {
    name,
    full_name: `${owner}/${name}`,
    owner: { login: owner, ...organization(owner, baseUrl) },
    description,
    private: isPrivate,
    empty: (await repositories.resolve(repository, defaultBranch)) === undefined,
    default_branch: defaultBranch,
    html_url: url,
    clone_url: `${url}.git`,
    created_at: createdAt,
  };
}

async function readJson({ request }: Exchange): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > bodyLimitBytes) throw new ApiError(413, 'The body is too large');
    chunks.push(chunk);
  }
  try {
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    if (typeof body === 'object' && body !== null) return body as Record<string, unknown>;
  } catch {
    // The same answer as for JSON that is no object.
  }
  throw new ApiError(422, 'The body is not a JSON object');
}

function textOf(body: Record<string, unknown>, key: string): string {
  const value = body[key] ?? '';
  if (typeof value !== 'string') throw new ApiError(422, `${key} is not a string`);
  return value;
}

function notFound(): ApiError {
  return new ApiError(404, "The target couldn't be found.");
}

function tokenRequired(): ApiError {
  return new ApiError(401, 'token is required');
}
