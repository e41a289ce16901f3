import { NotFoundError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
import type { PlanWarning } from '@leitstand/plugin-operations-common';
import {
  parseImageReference,
  SET_IMAGE_OPERATION,
  setImageInputSchema,
  setImagePermission,
  type RolloutsErrorCode,
  type SetImageInput,
} from '@leitstand/plugin-rollouts-common';
import { z } from 'zod/v3';
import { checkNotPaused } from '../model/checkNotPaused';
import { containersOf, type RolloutDocument, type TemplateContainer } from '../model/workloadDocuments';
import { isReplacedOnDelete } from '../model/workloadRolloutStatus';
import { defineWorkloadOperation } from './defineWorkloadOperation';
import { followRollout } from './followRollout';
import { nothingToChange, objectBasisOf, objectBasisSchema } from './objectBasis';
import { changeStep, deliveryWarnings, tryChange, type WorkloadChange } from './workloadChange';
import type { WorkloadReader } from './WorkloadReader';

const setImageBasisSchema = objectBasisSchema.extend({ previousImage: z.string() });

/** Gives a container another image, as `kubectl set image` does it. */
export function createSetImageOperation(workloads: WorkloadReader) {
  return defineWorkloadOperation(workloads, {
    id: SET_IMAGE_OPERATION,
    title: 'Set image',
    description: 'Gives a container another image and waits until the new pods run.',
    permission: setImagePermission,
    input: setImageInputSchema,
    basis: setImageBasisSchema,
    kinds: ['Deployment', 'StatefulSet', 'DaemonSet'],
    async plan({ workload, input, ...context }) {
      if (workload.kind === 'Deployment') checkNotPaused(workload);
      const { name, image: previousImage } = containerOf(workload, input.container);
      if (previousImage === input.image) {
        throw nothingToChange(`Container ${name} of ${workload.metadata.name} has the image ${input.image} already.`);
      }
      await tryChange(imageChange(input), { workload, ...context });
      return {
        summary: `Set the image of ${workload.metadata.name} to ${versionOf(input.image)}`,
        changes: [{ label: `image of container ${name}`, before: previousImage, after: input.image }],
        warnings: [...warningsOf(workload, { previousImage, image: input.image }), ...deliveryWarnings(workload)],
        undo: { isPossible: true, note: `Set the image back to ${previousImage}.` },
        basis: { ...objectBasisOf(workload), previousImage },
      };
    },
    async apply(client, context) {
      const patched = await context.step('patch', changeStep(imageChange(context.input), client, context));
      return context.wait('follow', followRollout({ client, target: context.target, ...patched }));
    },
    undo: async ({ input, basis }) => ({
      operation: SET_IMAGE_OPERATION,
      input: { container: input.container, image: basis.previousImage },
    }),
  });
}

function imageChange({ container, image }: SetImageInput): WorkloadChange {
  return {
    title: `Set the image of container ${container}`,
    did: `image of ${container} set to ${image}`,
    makesRevision: true,
    operations(workload) {
      if (workload.kind === 'CronJob') throw new Error('The image of a CronJob is not set here');
      const path = `/spec/template${containerOf(workload, container).path}`;
      return [
        { op: 'test', path: `${path}/name`, value: container },
        { op: 'add', path: `${path}/image`, value: image },
      ];
    },
  };
}

/** @throws NotFoundError with code `CONTAINER_NOT_FOUND` */
function containerOf(workload: RolloutDocument, name: string): TemplateContainer {
  const containers = containersOf(workload.spec.template);
  const found = containers.find(container => container.name === name);
  if (found) return found;
  const names = containers.map(container => container.name).join(', ');
  throw withCode<Error, RolloutsErrorCode>(
    new NotFoundError(`${workload.metadata.name} has no container ${name}; it has: ${names}.`),
    'CONTAINER_NOT_FOUND',
  );
}

function warningsOf(workload: RolloutDocument, images: { previousImage: string; image: string }): PlanWarning[] {
  const next = parseImageReference(images.image);
  const previous = parseImageReference(images.previousImage);
  const messages: Array<string | false> = [
    next?.tag === undefined &&
      next?.digest === undefined &&
      'The image names no tag, which means latest: nobody can tell later what ran.',
    next?.tag === 'latest' &&
      next.digest === undefined &&
      'The tag latest is moved with each release: nobody can tell later what ran, and nodes may keep an older one.',
    next?.repository !== previous?.repository &&
      `It is another image than before: ${next?.repository} in place of ${previous?.repository ?? images.previousImage}.`,
    isReplacedOnDelete(workload) &&
      `${workload.metadata.name} has the strategy OnDelete: its pods get the image only as somebody deletes them.`,
  ];
  return messages.filter(message => message !== false).map(message => ({ severity: 'warning' as const, message }));
}

/** Tag or digest, or the whole where there is neither. */
function versionOf(image: string): string {
  const { tag, digest } = parseImageReference(image) ?? {};
  return tag ?? digest?.slice(0, 19) ?? image;
}
