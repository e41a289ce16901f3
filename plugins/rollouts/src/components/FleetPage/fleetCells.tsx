import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { HealthBadge, RelativeTime } from '@leitstand/plugin-kit-react';
import type { WorkloadSummary } from '@leitstand/plugin-rollouts-common';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { fleetTranslationRef } from '../../fleetTranslation';
import { splitImage } from '../../model/revisions';
import { useWorkloadLink } from '../../routes';
import { Cut } from '../Cut';

interface CellProps {
  workload: WorkloadSummary;
}

/** How it is, and Kubernetes' own reason. */
export function HealthCell(props: CellProps) {
  const { state, reason, message } = props.workload.health;
  return (
    <div title={message}>
      <HealthBadge state={state} />
      {reason && (
        <Secondary>
          <Cut text={reason} />
        </Secondary>
      )}
    </div>
  );
}

/** Name, leading to its page, and kind. */
export function WorkloadCell(props: CellProps) {
  const workloadLink = useWorkloadLink();
  const { name, kind, entityRef } = props.workload;
  return (
    <>
      <Box sx={{ '& a': { fontWeight: 500 }, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
        <Link to={workloadLink(entityRef)} title={name}>
          {name}
        </Link>
      </Box>
      <Secondary>{kind}</Secondary>
    </>
  );
}

export function PlaceCell(props: CellProps) {
  return (
    <>
      <Cut text={props.workload.namespace} />
      <Secondary>
        <Cut text={props.workload.cluster} />
      </Secondary>
    </>
  );
}

/** Tag of the first image; the others by number, all of them in the title. */
export function VersionCell(props: CellProps) {
  const { t } = useTranslationRef(fleetTranslationRef);
  const { images } = props.workload;
  if (images.length === 0) return <Secondary>{t('row.noImage')}</Secondary>;
  const { name, version } = splitImage(images[0].image);
  const more = images.length > 1 ? `, ${t('row.moreImages', { count: images.length - 1 })}` : '';
  return (
    <div title={images.map(image => `${image.container}: ${image.image}`).join('\n')}>
      <Box sx={{ fontWeight: 600 }}>
        <Cut text={version.replace(/^[:@]/, '') || name} isCode />
      </Box>
      <Secondary>
        <Cut text={`${name.slice(name.lastIndexOf('/') + 1)}${more}`} />
      </Secondary>
    </div>
  );
}

export function ReadyCell(props: CellProps) {
  const { t } = useTranslationRef(fleetTranslationRef);
  const { ready, desired } = props.workload.replicas;
  if (props.workload.kind === 'CronJob') return null;
  return (
    <Box
      component="span"
      sx={{
        fontVariantNumeric: 'tabular-nums',
        fontWeight: ready < desired ? 600 : 400,
        color: ready < desired ? 'error.main' : 'text.primary',
      }}
    >
      {t('row.ready', { ready: String(ready), desired: String(desired) })}
    </Box>
  );
}

export function RestartsCell(props: CellProps) {
  return <span style={{ fontVariantNumeric: 'tabular-nums' }}>{props.workload.restarts}</span>;
}

export function LastChangeCell(props: CellProps) {
  const { t } = useTranslationRef(fleetTranslationRef);
  const { lastChangedAt } = props.workload;
  return lastChangedAt ? <RelativeTime time={lastChangedAt} /> : <Secondary>{t('row.unknownChange')}</Secondary>;
}

function Secondary(props: { children: ReactNode }) {
  return (
    <Typography variant="caption" component="div" color="text.secondary">
      {props.children}
    </Typography>
  );
}
