import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { kitReactTranslationRef, useLocale } from '../translation';
import { formatMoment } from './formatTime';
import { RelativeTime } from './RelativeTime';
import { useNow } from './useNow';

/** Since when something is as it is: `since 14:02 (10 min. ago)`. The exact time with its zone is the tooltip. */
export function SinceTime(props: {
  /** ISO 8601. */
  time: string;
}) {
  const { t } = useTranslationRef(kitReactTranslationRef);
  const locale = useLocale();
  const now = useNow(60_000);
  return (
    <>
      {t('time.since', { time: formatMoment(new Date(props.time), { now, locale }) })}
      {' ('}
      <RelativeTime time={props.time} />)
    </>
  );
}
