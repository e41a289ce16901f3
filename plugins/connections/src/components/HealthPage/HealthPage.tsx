import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { PortalHealth } from '@leitstand/plugin-connections-common';
import { EmptyState, ErrorState, LoadingState, PageFrame, StaleBanner } from '@leitstand/plugin-kit-react';
import Alert from '@mui/material/Alert';
import Paper from '@mui/material/Paper';
import { usePortalHealth } from '../../hooks/usePortalHealth';
import { connectionsTranslationRef } from '../../translation';
import { AreasCard } from './AreasCard';
import { FactCards } from './FactCards';
import { FigureCards } from './FigureCards';
import { ProcessesCard } from './ProcessesCard';
import { VerdictBar } from './VerdictBar';

/** How the portal itself is: its areas, what is under way in it, and what it is configured to allow. */
export function HealthPage() {
  const { value, error, reload } = usePortalHealth();
  if (!value) {
    return (
      <PageFrame>
        <Paper>
          {error === undefined ? <LoadingState lines={8} /> : <ErrorState error={error} onRetry={reload} />}
        </Paper>
      </PageFrame>
    );
  }
  return (
    <PageFrame>
      <VerdictBar health={value} onRefresh={reload} />
      {error !== undefined && <StaleBanner observedAt={value.observedAt} />}
      <UnknownParts health={value} />
      <Areas health={value} />
      <FigureCards health={value} />
      <ProcessesCard health={value} />
      <FactCards health={value} />
    </PageFrame>
  );
}

const parts = [
  ...(['databases', 'doorRules', 'guestRules', 'runCarriers', 'runs', 'signIns', 'sources', 'waysOut'] as const),
];

function UnknownParts(props: { health: PortalHealth }) {
  const { t } = useTranslationRef(connectionsTranslationRef);
  const { unknown } = props.health;
  if (unknown.length === 0) return null;
  const words = parts.filter(part => unknown.includes(part)).map(part => t(`health.part.${part}`));
  return (
    <Alert severity="warning" role="status">
      {t('health.unknown', { parts: words.join(', ') })}
    </Alert>
  );
}

function Areas(props: { health: PortalHealth }) {
  const { t } = useTranslationRef(connectionsTranslationRef);
  if (props.health.areas.length > 0) return <AreasCard areas={props.health.areas} />;
  return (
    <Paper>
      <EmptyState title={t('health.empty')} advice={t('health.emptyAdvice')} />
    </Paper>
  );
}
