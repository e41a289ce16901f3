import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Tooltip from '@mui/material/Tooltip';
import { useState } from 'react';
import { kitReactTranslationRef, useLocale } from '../translation';
import { formatAbsoluteTime, formatRelativeTime } from './formatTime';
import { useNow } from './useNow';

/** A point in time as its distance to now, kept up to date. The exact time with its zone is the tooltip and the description. */
export function RelativeTime(props: {
  /** ISO 8601 text or a date. What is no time is shown as unknown. */
  time: string | Date | undefined;
}) {
  const { t } = useTranslationRef(kitReactTranslationRef);
  const time = props.time === undefined ? undefined : new Date(props.time);
  if (!time || Number.isNaN(time.getTime())) return <span>{t('time.unknown')}</span>;
  return <KnownTime time={time} />;
}

function KnownTime(props: { time: Date }) {
  const locale = useLocale();
  const [intervalMs, setIntervalMs] = useState(1_000);
  const now = useNow(intervalMs);
  const wantedMs = Math.abs(now.getTime() - props.time.getTime()) < 60_000 ? 1_000 : 30_000;
  if (wantedMs !== intervalMs) setIntervalMs(wantedMs);
  return (
    <Tooltip title={formatAbsoluteTime(props.time, { locale })} describeChild>
      <time dateTime={props.time.toISOString()}>{formatRelativeTime(props.time, { now, locale })}</time>
    </Tooltip>
  );
}
