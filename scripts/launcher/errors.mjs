/**
 * Everything that can go wrong in the launcher, as one error type with a closed list of codes, and the translation of
 * what other programs print into it.
 */

/**
 * Closed list of launcher failures.
 * @type {readonly string[]}
 */
export const LAUNCHER_ERROR_CODES = Object.freeze([
  'already-running',
  'app-not-built',
  'bad-usage',
  'certificate',
  'child-ended',
  'disk-full',
  'git-missing',
  'interrupted',
  'kubeconfig-invalid',
  'kubeconfig-not-usable',
  'lock-outdated',
  'no-network',
  'no-permission',
  'node-too-old',
  'not-ready',
  'not-verified',
  'npm-missing',
  'out-of-memory',
  'port-in-use',
  'postgres-not-tested',
  'step-failed',
]);

/** A failure that the person at the terminal can act on. */
export class LauncherError extends Error {
  /**
   * @param {string} code one of LAUNCHER_ERROR_CODES
   * @param {string} message what failed, on which thing
   * @param {{ hint?: string, logFile?: string, logTail?: string[], cause?: unknown }} [details] `hint` is what to try;
   *   `logTail` are the last lines of `logFile`
   */
  constructor(code, message, details = {}) {
    super(message, { cause: details.cause });
    if (!LAUNCHER_ERROR_CODES.includes(code)) throw new TypeError(`Unknown launcher error code ${code}`);
    this.name = 'LauncherError';
    this.code = code;
    this.hint = details.hint;
    this.logFile = details.logFile;
    this.logTail = details.logTail ?? [];
  }
}

/** Most telling first: a full disk also makes downloads fail, a bad certificate also looks like no network. */
const EXPLANATIONS = [
  {
    code: 'disk-full',
    pattern: /ENOSPC|no space left on device|disk quota exceeded/i,
    message: 'The disk is full.',
    hint: 'Free at least 5 GB (node_modules takes 2 GB, the package cache 1.2 GB) and run the same command again.',
  },
  {
    code: 'out-of-memory',
    pattern: /heap out of memory|ENOMEM|Cannot allocate memory/i,
    message: 'There is not enough memory.',
    hint: 'Leitstand needs about 3 GB of free memory to install and build. Close other programs and run the command again.',
  },
  {
    code: 'lock-outdated',
    pattern: /YN0028|lockfile would have been (modified|created)/i,
    message: 'yarn.lock does not fit the package.json files.',
    hint: 'Whoever changed a dependency runs `yarn install` and commits yarn.lock with it (docs/development.md, Dependencies).',
  },
  {
    code: 'certificate',
    pattern:
      /SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_GET_ISSUER_CERT|UNABLE_TO_VERIFY_LEAF_SIGNATURE|DEPTH_ZERO_SELF_SIGNED_CERT|CERT_HAS_EXPIRED|self[- ]signed certificate|unable to (get local issuer|verify the first) certificate|certificate has expired/i,
    message: 'The certificate of the package registry is not trusted.',
    hint: 'If a proxy of your company signs the traffic, name its certificate file: NODE_EXTRA_CA_CERTS=/path/to/ca.pem npm start',
  },
  {
    code: 'no-network',
    pattern:
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|getaddrinfo|network (is )?(unreachable|timeout)|RequestError: (connect|Timeout)|tunneling socket could not be established/i,
    message: 'The package registry cannot be reached.',
    hint: 'Check the network and `npm config get registry`. Behind a proxy set HTTPS_PROXY, or `npm config set proxy`. Then run the command again; finished downloads are kept.',
  },
  {
    code: 'no-permission',
    pattern: /EACCES|EPERM|EROFS|permission denied|read-only file system/i,
    message: 'A file or folder may not be written.',
    hint: 'Clone into a folder that you own and run the command as that user (a former run as root may have left files behind).',
  },
  {
    code: 'port-in-use',
    pattern: /EADDRINUSE|address already in use/i,
    message: 'The port is in use.',
    hint: 'Choose another one: npm start -- --port 7010',
  },
];

/**
 * Recognises the cause of a failure in what a program printed.
 *
 * @param {string} output what the program wrote, or an error's message and code
 * @returns {{ code: string, message: string, hint: string } | undefined} undefined if nothing is recognised
 */
export function explainOutput(output) {
  const found = EXPLANATIONS.find(({ pattern }) => pattern.test(output));
  return found && { code: found.code, message: found.message, hint: found.hint };
}

/**
 * Makes any thrown value a LauncherError.
 *
 * @param {unknown} error
 * @param {string} doing what was being done, for example "install dependencies"
 * @returns {LauncherError}
 */
export function toLauncherError(error, doing) {
  if (error instanceof LauncherError) return error;
  const text = error instanceof Error ? `${error.code ?? ''} ${error.message}` : String(error);
  const explained = explainOutput(text);
  if (explained) {
    return new LauncherError(explained.code, `${explained.message} (while: ${doing})`, {
      hint: explained.hint,
      cause: error,
    });
  }
  return new LauncherError('step-failed', `${doing} failed: ${text.trim()}`, { cause: error });
}

/**
 * What the person reads when the launcher gives up.
 *
 * @param {LauncherError} error
 * @returns {string} several lines, ending with a newline
 */
export function formatLauncherError(error) {
  const lines = ['', `✗ ${error.message}`];
  if (error.logTail.length > 0) lines.push('', ...error.logTail.map(line => `  │ ${line}`));
  if (error.logFile) lines.push('', `  Whole log: ${error.logFile}`);
  if (error.hint) lines.push('', `  What to try: ${error.hint}`);
  return `${lines.join('\n')}\n\n`;
}
