import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { WayOut } from '@leitstand/plugin-connections-common';
import { Fact, FactList, RelativeTime } from '@leitstand/plugin-kit-react';
import Typography from '@mui/material/Typography';
import { connectionsTranslationRef } from '../../translation';
import { FactCard } from './FactCard';

/** On which ways people are told, and what did not arrive last. */
export function NotificationsCard(props: { waysOut: WayOut[] }) {
  const { t } = useTranslationRef(connectionsTranslationRef);
  const { waysOut } = props;
  return (
    <FactCard title={t('health.notifications.title')}>
      <FactList>
        <Fact term={t('health.notifications.portal')}>{t('health.notifications.always')}</Fact>
        {waysOut.map(way => (
          <Fact key={`${way.kind} ${way.name}`} term={t(`health.notifications.${way.kind}`, { name: way.name ?? '' })}>
            <WayState way={way} />
          </Fact>
        ))}
      </FactList>
      {waysOut.length === 0 && (
        <Typography variant="body2" color="text.secondary">
          {t('health.notifications.none')}
        </Typography>
      )}
    </FactCard>
  );
}

function WayState(props: { way: WayOut }) {
  const { t } = useTranslationRef(connectionsTranslationRef);
  const { areFailuresKnown, lastDeliveredAt, lastFailure } = props.way;
  if (!areFailuresKnown) return <>{t('health.notifications.inLog')}</>;
  if (!lastDeliveredAt && !lastFailure) return <>{t('health.notifications.configured')}</>;
  return (
    <>
      {lastDeliveredAt && (
        <div>
          {t('health.notifications.delivered')} <RelativeTime time={lastDeliveredAt} />
        </div>
      )}
      {lastFailure && (
        <Typography variant="body2" component="div" color="error.main">
          {t('health.notifications.failed', { message: lastFailure.message })}, <RelativeTime time={lastFailure.at} />
        </Typography>
      )}
    </>
  );
}
