import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Workload } from '@leitstand/plugin-rollouts-common';
import type { ReactNode } from 'react';
import { rolloutsTranslationRef } from '../../translation';
import { PodLogs } from '../PodLogs';
import { AddressesTable } from './AddressesTable';
import { AutoscalerView } from './AutoscalerView';
import { EventsTable } from './EventsTable';
import { PodsTable } from './PodsTable';
import { ResourcesTable } from './ResourcesTable';
import { RevisionsTable } from './RevisionsTable';
import type { RollbackOperation } from './RollbackButton';
import { ScheduleView } from './ScheduleView';

/** One part of a workload's page. */
export interface WorkloadSection {
  id: string;
  title: string;
  /** How many rows it has, where that says something. */
  count?: number;
  content: ReactNode;
}

/** The parts that this kind of workload has, in the order in which a person in trouble wants them. */
export function useWorkloadSections(workload: Workload, rollback: RollbackOperation): WorkloadSection[] {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const { schedule, pods, podCount, events, revisions, resources, addresses, autoscaler, kind } = workload;
  const sections: (WorkloadSection | false | undefined)[] = [
    schedule && {
      id: 'schedule',
      title: t('schedule.title'),
      content: <ScheduleView schedule={schedule} pods={pods} />,
    },
    { id: 'pods', title: t('pod.title'), count: podCount, content: <PodsTable workload={workload} /> },
    { id: 'logs', title: t('log.title'), content: <PodLogs workload={workload} /> },
    { id: 'events', title: t('event.title'), count: events.length, content: <EventsTable events={events} /> },
    kind === 'Deployment' && {
      id: 'revisions',
      title: t('revision.title'),
      count: revisions.length,
      content: <RevisionsTable revisions={revisions} rollback={rollback} />,
    },
    { id: 'resources', title: t('resource.title'), content: <ResourcesTable resources={resources} /> },
    autoscaler && {
      id: 'autoscaling',
      title: t('autoscaler.title'),
      content: <AutoscalerView autoscaler={autoscaler} />,
    },
    kind !== 'CronJob' && {
      id: 'addresses',
      title: t('address.title'),
      count: addresses.length,
      content: <AddressesTable addresses={addresses} />,
    },
  ];
  return sections.filter(section => typeof section === 'object');
}
