import type { WorkloadDocument } from './workloadDocuments';

/** Marks that tools leave on what they own. */
const marks: Array<{ tool: string; name: string; value?: string; in: 'labels' | 'annotations' }> = [
  { tool: 'Argo CD', in: 'annotations', name: 'argocd.argoproj.io/tracking-id' },
  { tool: 'Argo CD', in: 'labels', name: 'argocd.argoproj.io/instance' },
  { tool: 'Flux', in: 'labels', name: 'kustomize.toolkit.fluxcd.io/name' },
  { tool: 'Flux', in: 'labels', name: 'helm.toolkit.fluxcd.io/name' },
  { tool: 'Helm', in: 'labels', name: 'app.kubernetes.io/managed-by', value: 'Helm' },
];

/** The tool that delivers this workload and may put back what was changed by hand; undefined where none left its mark. */
export function deliveryToolOf(workload: Pick<WorkloadDocument, 'metadata'>): string | undefined {
  const { metadata } = workload;
  return marks.find(mark => {
    const found = metadata[mark.in][mark.name];
    return found !== undefined && (mark.value === undefined || found === mark.value);
  })?.tool;
}
