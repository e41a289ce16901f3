import { formatDuration, useLocale, useNow } from '@leitstand/plugin-kit-react';
import { elapsedMs } from '../../model/describeRun';

/** How long something took, or has taken so far (ticking by seconds). Empty where it has not begun. */
export function Elapsed(props: { span: { startedAt?: string; finishedAt?: string } }) {
  return props.span.finishedAt === undefined ? <Ticking span={props.span} /> : <Took span={props.span} />;
}

function Ticking(props: { span: { startedAt?: string } }) {
  const locale = useLocale();
  const durationMs = elapsedMs(props.span, useNow(1_000));
  return durationMs === undefined ? null : <>{formatDuration(Math.floor(durationMs / 1_000) * 1_000, locale)}</>;
}

function Took(props: { span: { startedAt?: string; finishedAt?: string } }) {
  const locale = useLocale();
  // What has ended does not depend on the present time.
  const durationMs = elapsedMs(props.span, new Date(0));
  return durationMs === undefined ? null : <>{formatDuration(durationMs, locale)}</>;
}
