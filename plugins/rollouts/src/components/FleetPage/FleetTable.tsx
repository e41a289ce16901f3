import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { VirtualTable, type VirtualColumn } from '@leitstand/plugin-kit-react';
import type { WorkloadList, WorkloadSummary } from '@leitstand/plugin-rollouts-common';
import Box from '@mui/material/Box';
import { useMemo } from 'react';
import { fleetTranslationRef } from '../../fleetTranslation';
import { workloadKey } from '../../model/FleetPages';
import {
  HealthCell,
  LastChangeCell,
  PlaceCell,
  ReadyCell,
  RestartsCell,
  VersionCell,
  WorkloadCell,
} from './fleetCells';

const rowHeightPx = 52;

/** Workloads as rows of equal height; of thousands only those in view are drawn. */
export function FleetTable(props: {
  list: WorkloadList;
  /** True while the rows are those of the filter before. */
  isDimmed: boolean;
  onNearEnd: () => void;
}) {
  const { t } = useTranslationRef(fleetTranslationRef);
  const columns = useMemo<VirtualColumn<WorkloadSummary>[]>(
    () => [
      { id: 'health', label: t('column.health'), width: 150, cell: row => <HealthCell workload={row} /> },
      { id: 'workload', label: t('column.workload'), cell: row => <WorkloadCell workload={row} /> },
      { id: 'where', label: t('column.where'), cell: row => <PlaceCell workload={row} /> },
      { id: 'version', label: t('column.version'), cell: row => <VersionCell workload={row} /> },
      { id: 'ready', label: t('column.ready'), width: 90, cell: row => <ReadyCell workload={row} /> },
      { id: 'restarts', label: t('column.restarts'), width: 90, cell: row => <RestartsCell workload={row} /> },
      { id: 'change', label: t('column.lastChange'), width: 124, cell: row => <LastChangeCell workload={row} /> },
    ],
    [t],
  );
  return (
    <Box sx={{ opacity: props.isDimmed ? 0.6 : 1 }}>
      <VirtualTable
        label={t('workloads.title')}
        columns={columns}
        rows={props.list.items}
        rowKey={workloadKey}
        rowHeightPx={rowHeightPx}
        totalCount={props.list.totalCount}
        onNearEnd={props.onNearEnd}
        minWidthPx={980}
      />
    </Box>
  );
}
