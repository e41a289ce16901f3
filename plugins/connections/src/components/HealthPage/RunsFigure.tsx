import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { RunCount } from '@leitstand/plugin-connections-common';
import { BarFigure, useLocale } from '@leitstand/plugin-kit-react';
import Typography from '@mui/material/Typography';
import { healthMessages } from '../../healthMessages';
import { activityRouteRef } from '../../routes';
import { connectionsTranslationRef } from '../../translation';

/** How many runs are in each state; and the way to those that need somebody. */
export function RunsFigure(props: { runs: RunCount[] }) {
  const { t } = useTranslationRef(connectionsTranslationRef);
  const locale = useLocale();
  const activity = useRouteRef(activityRouteRef);
  if (props.runs.length === 0) return <Typography variant="body2">{t('health.figures.runsNone')}</Typography>;
  const number = new Intl.NumberFormat(locale);
  const needAttention = props.runs.some(({ state }) => state === 'needs-attention');
  return (
    <>
      <BarFigure
        label={t('health.figures.byState')}
        categoryLabel={t('health.figures.run')}
        valueLabel={t('health.figures.runCount')}
        bars={props.runs.map(({ state, count }) => ({
          label: state in healthMessages.runState ? t(`health.runState.${state as RunStateKey}`) : state,
          value: count,
        }))}
        format={value => number.format(value)}
      />
      {needAttention && activity && (
        <Typography variant="body2">
          <Link to={`${activity()}?state=needs-attention`}>{t('health.link.attention')}</Link>
        </Typography>
      )}
    </>
  );
}

type RunStateKey = keyof typeof healthMessages.runState;
