// https://kubernetes.io/docs/reference/kubernetes-api/authorization-resources/
import type { Exchange } from '../../core';
import { isObject, type JsonObject } from '../codec/json';
import { readObject, respondJson } from './respond';
import { isAllowed, type User } from './users';

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function accessStatus(user: User, spec: JsonObject): object {
  const asked = spec.resourceAttributes;
  if (!isObject(asked)) return { allowed: user.groups.includes('system:masters') };
  const plural = text(asked.resource);
  const resource = asked.subresource ? `${plural}/${text(asked.subresource)}` : plural;
  return { allowed: isAllowed(user, { verb: text(asked.verb), group: text(asked.group), resource }) };
}

/** Answers SelfSubjectAccessReview and SelfSubjectRulesReview: what the asker may do. */
export async function reviewAccess(exchange: Exchange, user: User, plural: string): Promise<void> {
  const review = await readObject(exchange);
  const spec = isObject(review.spec) ? review.spec : {};
  const isAccess = plural === 'selfsubjectaccessreviews';
  const status = isAccess
    ? accessStatus(user, spec)
    : { resourceRules: user.rules, nonResourceRules: [], incomplete: false };
  const kind = isAccess ? 'SelfSubjectAccessReview' : 'SelfSubjectRulesReview';
  respondJson(
    exchange,
    { kind, apiVersion: 'authorization.k8s.io/v1', metadata: { creationTimestamp: null }, spec, status },
    201,
  );
}
