import { UpstreamError } from '@leitstand/plugin-kit-common';
import type { PlanWarning } from '@leitstand/plugin-operations-common';
import type { KubernetesClient } from '../client/KubernetesClient';
import { addressesOf } from '../model/addresses';
import { endpointSliceType, ingressType, serviceType } from '../model/networkObjects';
import type { AutoscalerDocument, ScalableKind } from '../model/scaleObjects';
import { labelsOf, type DocumentOf } from '../model/workloadDocuments';

/** Most addresses that a warning names. */
const maxAddressCount = 5;

/** What a person should know before the number of replicas is changed. */
export async function scaleWarnings(
  client: KubernetesClient,
  scale: { workload: DocumentOf<ScalableKind>; replicas: number; autoscaler: AutoscalerDocument | undefined },
  signal: AbortSignal,
): Promise<PlanWarning[]> {
  const { workload, replicas, autoscaler } = scale;
  const warnings = autoscaler ? [autoscalerWarning(autoscaler, replicas)] : [];
  if (replicas > 0) return warnings;
  return [...warnings, await silenceWarning(client, workload, signal)];
}

/** Source: {@link https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#implicit-maintenance-mode-deactivation} */
function autoscalerWarning({ metadata, spec }: AutoscalerDocument, replicas: number): PlanWarning {
  const { minReplicas, maxReplicas } = spec;
  const advice = 'Change its bounds instead, if the number is to last.';
  if (replicas === 0) {
    return warning(`The autoscaler ${metadata.name} stands still until the number is above 0 again.`);
  }
  return replicas < minReplicas || replicas > maxReplicas
    ? warning(
        `The autoscaler ${metadata.name} keeps it between ${minReplicas} and ${maxReplicas} and takes this back in about 15 s. ${advice}`,
      )
    : warning(
        `The autoscaler ${metadata.name} sets the number between ${minReplicas} and ${maxReplicas} and may change it at any time. ${advice}`,
      );
}

async function silenceWarning(
  client: KubernetesClient,
  workload: DocumentOf<ScalableKind>,
  signal: AbortSignal,
): Promise<PlanWarning> {
  const { name, namespace } = workload.metadata;
  try {
    const [services, endpointSlices, ingresses] = await Promise.all([
      client.list(serviceType, { namespace }, signal),
      client.list(endpointSliceType, { namespace }, signal),
      client.list(ingressType, { namespace }, signal),
    ]);
    const addresses = addressesOf({
      labels: labelsOf(workload.spec.template),
      services: services.items,
      endpointSlices: endpointSlices.items,
      ingresses: ingresses.items,
    }).map(({ address }) => address);
    return warning(silenceWords(name, [...new Set(addresses)]));
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    return warning(`${name} stops. Which addresses stop answering could not be read: ${error.message}`);
  }
}

function silenceWords(name: string, addresses: string[]): string {
  if (addresses.length === 0) return `${name} stops: no pod is left. It has no address.`;
  const rest = addresses.length - maxAddressCount;
  const shown = addresses.slice(0, maxAddressCount).join(', ');
  return `${name} stops: no pod is left. These stop answering: ${shown}${rest > 0 ? ` and ${rest} more` : ''}.`;
}

function warning(message: string): PlanWarning {
  return { severity: 'warning', message };
}
