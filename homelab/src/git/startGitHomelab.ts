import { randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import {
  createSystemClock,
  FaultPlan,
  htmlContentSecurityPolicy,
  Listener,
  RequestJournal,
  type Clock,
  type Exchange,
} from '../core';
import { answerGit } from './answerGit';
import { answerApi, ApiError } from './giteaApi';
import { Repositories } from './Repositories';
import { organizationPage, sourcePage } from './sourcePages';

/** How a git server starts. */
export interface GitHomelabOptions {
  /** Folder for the repositories; it is made if it is not there. */
  directory: string;
  /** 0, the default, takes a free port. */
  port?: number;
  /** Owners that repositories can have; `homelab` alone by default. */
  organizations?: string[];
  /** Default: 256 random bits. */
  token?: string;
  clock?: Clock;
}

/** A running git server. Ends with `close()` or `await using`. */
export interface GitHomelab extends AsyncDisposable {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly port: number;
  /** The one user, who owns everything. */
  readonly username: string;
  /** The user's token; also taken as the password of basic authentication, as Gitea takes it. */
  readonly token: string;
  readonly organizations: readonly string[];
  readonly faults: FaultPlan;
  readonly journal: RequestJournal;
  /** Number of TCP connections that are open. */
  readonly openSocketCount: number;
  close(): Promise<void>;
}

/** Name of the one user. */
const username = 'leitstand';

/** The three addresses of git's smart protocol. */
const gitPath = /^\/([^/]+)\/([^/]+?)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack)$/;

/** A page of a repository, with branch and path when it is not the first one. */
const pagePath = /^\/([^/]+)\/([^/]+?)(?:\.git)?(?:\/src\/branch\/([^/]+)(?:\/(.*))?)?\/?$/;

/**
 * Starts `git http-backend` behind the calls of Gitea that the portal makes. fidelity.md says which.
 *
 * @throws the system's error when the port is taken
 */
export async function startGitHomelab(options: GitHomelabOptions): Promise<GitHomelab> {
  const { directory, clock = createSystemClock(), organizations = ['homelab'] } = options;
  const token = options.token ?? randomBytes(32).toString('base64url');
  await mkdir(directory, { recursive: true });
  const repositories = new Repositories(directory, organizations);
  const faults = new FaultPlan();
  const journal = new RequestJournal();
  const server = new GitServer(repositories, { token, clock });
  const listener = await Listener.start({
    port: options.port,
    clock,
    faults,
    journal,
    handle: exchange => server.handle(exchange, listener.url),
    fail: (exchange, status) => replyJson(exchange, status, { message: 'The homelab was told to fail', url: '' }),
  });
  const close = async () => {
    await listener.close();
    await server.settled();
  };
  return {
    url: listener.url,
    port: Number(new URL(listener.url).port),
    username,
    token,
    organizations,
    faults,
    journal,
    get openSocketCount() {
      return listener.openSocketCount;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Sends each request to git, to the API or to a page. */
class GitServer {
  /** Git processes that run. */
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly repositories: Repositories,
    private readonly options: { token: string; clock: Clock },
  ) {}

  async handle(exchange: Exchange, baseUrl: string): Promise<void> {
    const { pathname } = exchange.url;
    const user = userOf(exchange, this.options.token);
    exchange.entry.user = user;
    if (!isDecodable(pathname)) {
      exchange.response.writeHead(400).end();
      return undefined;
    }
    const git = gitPath.exec(pathname);
    if (git) return this.handleGit(exchange, { owner: git[1], name: git[2], action: git[3] });
    if (pathname.startsWith('/api/v1/')) return this.handleApi(exchange, baseUrl);
    return this.handlePage(exchange);
  }

  /** Ends when no git process is left. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.running);
  }

  private async handleGit(exchange: Exchange, target: { owner: string; name: string; action: string }): Promise<void> {
    const { response, url, entry } = exchange;
    const { owner, name, action } = target;
    const service = action === 'info/refs' ? url.searchParams.get('service') : action;
    const repository = await this.repositories.find(owner, name);
    const isWrite = service === 'git-receive-pack';
    if (!entry.user && (isWrite || !repository || repository.isPrivate)) {
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="Gitea"' }).end();
      return;
    }
    if (!repository || (!isWrite && service !== 'git-upload-pack')) {
      response.writeHead(repository ? 403 : 404).end();
      return;
    }
    const path = `/${owner}/${name}.git/${action}`;
    const run = answerGit(exchange, { projectRoot: this.repositories.directory, path, user: entry.user ?? '' });
    this.running.add(run);
    await run.finally(() => this.running.delete(run));
  }

  private async handleApi(exchange: Exchange, baseUrl: string): Promise<void> {
    const { response, entry, url, request } = exchange;
    try {
      // Wrong credentials are never the same as none.
      if (request.headers.authorization && !entry.user) throw new ApiError(401, 'invalid username, password or token');
      const { status, body } = await answerApi(url.pathname.slice('/api/v1'.length), {
        exchange,
        repositories: this.repositories,
        baseUrl,
        isUser: entry.user !== undefined,
        now: new Date(this.options.clock.now()),
      });
      if (Buffer.isBuffer(body)) response.writeHead(status, { 'Content-Type': 'application/gzip' }).end(body);
      else if (body) replyJson(exchange, status, body);
      else response.writeHead(status).end();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.status === 501) entry.refusal = error.message;
      replyJson(exchange, error.status, { message: error.message, url: `${baseUrl}/api/swagger` });
    }
  }

  private async handlePage(exchange: Exchange): Promise<void> {
    const { response, url, entry } = exchange;
    const html = entry.method === 'GET' ? await this.page(url.pathname, entry.user) : undefined;
    if (entry.method !== 'GET') entry.refusal = `${entry.method} of a page`;
    response
      .writeHead(html ? 200 : 404, {
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Security-Policy': htmlContentSecurityPolicy(),
        'X-Content-Type-Options': 'nosniff',
      })
      .end(html ?? 'Not found');
  }

  private async page(pathname: string, user: string | undefined): Promise<string | undefined> {
    const { organizations } = this.repositories;
    const owner = pathname === '/' ? organizations[0] : organizations.find(name => pathname === `/${name}`);
    if (owner) {
      const all = await this.repositories.list(owner);
      return organizationPage(
        owner,
        all.filter(({ isPrivate }) => user || !isPrivate),
      );
    }
    const match = pagePath.exec(pathname);
    const repository = match ? await this.repositories.find(match[1], match[2]) : undefined;
    if (!match || !repository || (repository.isPrivate && !user)) return undefined;
    const [, , , branch = repository.defaultBranch, path = ''] = match;
    return sourcePage(this.repositories, {
      repository,
      branch: decodeURIComponent(branch),
      path: decodeURIComponent(path).replace(/\/+$/, ''),
    });
  }
}

/**
 * Who asks: `token <token>`, `Bearer <token>`, or basic authentication with the token as password, the scheme in any case.
 *
 * @returns undefined for nobody
 */
function userOf({ request }: Exchange, token: string): string | undefined {
  const [scheme = '', value = ''] = (request.headers.authorization ?? '').split(' ');
  const given =
    scheme.toLowerCase() === 'basic'
      ? Buffer.from(value, 'base64')
          .toString('utf8')
          .replace(/^[^:]*:/, '')
      : value;
  if (!['basic', 'token', 'bearer'].includes(scheme.toLowerCase())) return undefined;
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b) ? username : undefined;
}

/** Whether a path is percent-encoded text without a NUL, which no file's name has. */
function isDecodable(pathname: string): boolean {
  try {
    return !decodeURIComponent(pathname).includes('\0');
  } catch {
    return false;
  }
}

function replyJson({ response }: Exchange, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json;charset=utf-8' }).end(JSON.stringify(body));
}
