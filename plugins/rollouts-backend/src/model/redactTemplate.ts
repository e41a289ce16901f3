import { createHmac } from 'node:crypto';
import type { JsonValue } from '@leitstand/plugin-operations-node';

const secretName = /pass|secret|token|credential|private|api_?key|access_?key|dsn|connection_?string/i;
const urlPassword = /(:\/\/[^\s/:@]*:)([^\s/@]+)(?=@)/g;
const optionPassword = /((?:password|passwd|token|secret|api[-_]?key)[=:]\s*)([^\s,;]+)/gi;

/**
 * Hides what looks like a secret in a pod template: values of environment variables with telling names, passwords in
 * addresses and options. The mark that takes its place is the same for the same value and the same `key` only, so that
 * a change shows and the value cannot be guessed; use a random key for each plan.
 */
export function redactTemplate(value: JsonValue, key: Buffer): JsonValue {
  const hide = (text: string) => `(hidden ${createHmac('sha256', key).update(text).digest('hex').slice(0, 6)})`;
  const redactText = (text: string) =>
    text
      .replace(urlPassword, (_, before: string, secret: string) => `${before}${hide(secret)}`)
      .replace(optionPassword, (_, before: string, secret: string) => `${before}${hide(secret)}`);
  const redact = (node: JsonValue): JsonValue => {
    if (typeof node === 'string') return redactText(node);
    if (Array.isArray(node)) return node.map(redact);
    if (typeof node !== 'object' || node === null) return node;
    const isSecret = typeof node.name === 'string' && secretName.test(node.name) && typeof node.value === 'string';
    return Object.fromEntries(
      Object.entries(node).map(([name, child]) => [
        name,
        isSecret && name === 'value' ? hide(String(child)) : redact(child),
      ]),
    );
  };
  return redact(value);
}
