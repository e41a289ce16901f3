import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { kitReactTranslationRef } from '../translation';
import { StatusChip, type StatusTone } from './StatusChip';

/** How a thing that runs is. The words of every area's health. */
export type HealthBadgeState =
  'healthy' | 'progressing' | 'degraded' | 'failed' | 'paused' | 'scaled-to-zero' | 'unknown';

const looks = {
  healthy: { tone: 'ok', message: 'status.healthy' },
  progressing: { tone: 'running', message: 'status.progressing' },
  degraded: { tone: 'warning', message: 'status.degraded' },
  failed: { tone: 'error', message: 'status.failed' },
  paused: { tone: 'paused', message: 'status.paused' },
  'scaled-to-zero': { tone: 'paused', message: 'status.scaledToZero' },
  unknown: { tone: 'unknown', message: 'status.unknown' },
} as const satisfies Record<HealthBadgeState, { tone: StatusTone; message: string }>;

/** Health as icon and word. */
export function HealthBadge(props: { state: HealthBadgeState }) {
  const { t } = useTranslationRef(kitReactTranslationRef);
  const { tone, message } = looks[props.state];
  return <StatusChip tone={tone} label={t(message)} />;
}
