import type { IncomingMessage } from 'node:http';
import { statusSchema } from './wire';

/** Of an answer that is longer than this nothing is read. */
const longestAnswerBytes = 65_536;

/**
 * Who refuses what the rights allow, in the words of the API server. Names of rules are taken from it and nothing else,
 * for the rest can quote objects.
 *
 * Sources: {@link https://github.com/kubernetes/apiserver/blob/master/pkg/admission/plugin/resourcequota/controller.go},
 * {@link https://github.com/kubernetes/apiserver/blob/master/pkg/admission/plugin/webhook/errors/statuserror.go},
 * {@link https://github.com/kubernetes/apiserver/blob/master/pkg/admission/plugin/policy/validating/dispatcher.go}
 */
const rules: readonly (readonly [RegExp, (name: string) => string])[] = [
  [/is forbidden: exceeded quota: ([\w.-]+),/, name => `the quota ${name} is used up`],
  [
    /is forbidden: failed quota: ([\w.-]+):/,
    name => `the quota ${name} asks for requests or limits that are not given`,
  ],
  [/is forbidden: violates PodSecurity "([\w.:-]+)"/, name => `the pod security level ${name} does not allow it`],
  [/because it is being terminated/, () => 'the namespace is being deleted'],
  [/^admission webhook "([\w./-]+)" denied the request/, name => `the admission webhook ${name} denied it`],
  [/ValidatingAdmissionPolicy '([\w.:-]+)' with binding/, name => `the admission policy ${name} denied it`],
];

const anyRule = 'an admission rule does not allow it';

/** Statuses by which an API server also says that a rule of the cluster stands against a change. */
const statuses = [400, 403, 422];

/**
 * Which rule of the cluster (quota, admission, an end that is near) refuses a request; undefined where it is something
 * else, for example a right that is missing.
 */
export async function admissionRefusalOf(response: IncomingMessage, timeoutMs: number): Promise<string | undefined> {
  const { statusCode = 0 } = response;
  const text = statuses.includes(statusCode) ? await readText(response, timeoutMs) : undefined;
  const message = text === undefined ? '' : messageOf(text);
  // A right that is missing is worded: is forbidden: User "…" cannot …
  return namedRuleOf(message) ?? (/ is forbidden: (?!User )/.test(message) ? anyRule : undefined);
}

/** Which rule a controller was refused by, from the condition that it wrote about it. */
export function ruleOf(message: string): string {
  return namedRuleOf(message) ?? anyRule;
}

function namedRuleOf(message: string): string | undefined {
  for (const [pattern, words] of rules) {
    const found = pattern.exec(message);
    if (found) return words(found[1]);
  }
  return undefined;
}

/** Undefined where it is too long, or does not come to an end. */
async function readText(response: IncomingMessage, timeoutMs: number): Promise<string | undefined> {
  const timer = setTimeout(() => response.destroy(), timeoutMs);
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  try {
    for await (const chunk of response) {
      sizeBytes += (chunk as Buffer).length;
      if (sizeBytes > longestAnswerBytes) return undefined;
      chunks.push(chunk as Buffer);
    }
    return Buffer.concat(chunks).toString('utf8');
  } catch {
    return undefined; // its status says enough
  } finally {
    clearTimeout(timer);
  }
}

function messageOf(text: string): string {
  try {
    return statusSchema.parse(JSON.parse(text)).message;
  } catch {
    return ''; // not from the API server itself
  }
}
