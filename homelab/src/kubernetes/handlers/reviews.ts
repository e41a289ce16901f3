// https://kubernetes.io/docs/reference/kubernetes-api/authorization-resources/
import type { Exchange } from '../../core';
import { notModelled } from '../codec/ApiError';
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

interface Review {
  kind: string;
  group: string;
  statusOf(user: User, spec: JsonObject): object;
}

/** The reviews that are modelled: what the asker may do, and who it is. */
const reviews: Record<string, Review> = {
  selfsubjectaccessreviews: {
    kind: 'SelfSubjectAccessReview',
    group: 'authorization.k8s.io',
    statusOf: accessStatus,
  },
  selfsubjectrulesreviews: {
    kind: 'SelfSubjectRulesReview',
    group: 'authorization.k8s.io',
    statusOf: user => ({ resourceRules: user.rules, nonResourceRules: [], incomplete: false }),
  },
  selfsubjectreviews: {
    kind: 'SelfSubjectReview',
    group: 'authentication.k8s.io',
    statusOf: user => ({ userInfo: { username: user.name, groups: user.groups } }),
  },
};

/** Answers a review. @throws ApiError 501 for one that is not modelled */
export async function answerReview(exchange: Exchange, user: User, question: { group: string; plural: string }) {
  const { group, plural } = question;
  const found = Object.hasOwn(reviews, plural) ? reviews[plural] : undefined;
  if (found?.group !== group) throw notModelled(`${plural} reviews`);
  const review = await readObject(exchange);
  const spec = isObject(review.spec) ? review.spec : {};
  const metadata = { creationTimestamp: null };
  const status = found.statusOf(user, spec);
  respondJson(exchange, { kind: found.kind, apiVersion: `${group}/v1`, metadata, spec, status }, 201);
}
