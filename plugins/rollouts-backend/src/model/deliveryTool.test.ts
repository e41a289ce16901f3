import { deliveryToolOf } from './deliveryTool';
import { deploymentDocumentType } from './rollbackDocuments';

it.each([
  [{ annotations: { 'argocd.argoproj.io/tracking-id': 'x' } }, 'Argo CD'],
  [{ labels: { 'argocd.argoproj.io/instance': 'shop' } }, 'Argo CD'],
  [{ labels: { 'kustomize.toolkit.fluxcd.io/name': 'shop' } }, 'Flux'],
  [{ labels: { 'helm.toolkit.fluxcd.io/name': 'shop', 'app.kubernetes.io/managed-by': 'Helm' } }, 'Flux'],
  [{ labels: { 'app.kubernetes.io/managed-by': 'Helm' } }, 'Helm'],
  [{ labels: { 'app.kubernetes.io/managed-by': 'somebody' } }, undefined],
  [{}, undefined],
])('deliveryToolOf(%j) is %s', (marks, expected) => {
  const deployment = deploymentDocumentType.schema.parse({
    metadata: { name: 'web', namespace: 'shop', uid: 'u', resourceVersion: '1', ...marks },
    spec: { selector: {}, template: {} },
  });
  expect(deliveryToolOf(deployment)).toBe(expected);
});
