import { formatDuration, useLocale, useNow } from '@leitstand/plugin-kit-react';
import { elapsedMs } from '../../model/describeRun';

/** What has ended does not depend on the present time. */
const epoch = new Date(0);

/** How long something took, or has taken so far (ticking). Empty where it has not begun. */
export function Elapsed(props: { span: { startedAt?: string; finishedAt?: string } }) {
  return props.span.finishedAt === undefined ? (
    <Ticking span={props.span} />
  ) : (
    <Duration span={props.span} now={epoch} />
  );
}

function Ticking(props: { span: { startedAt?: string } }) {
  return <Duration span={props.span} now={useNow(1_000)} />;
}

function Duration(props: { span: { startedAt?: string; finishedAt?: string }; now: Date }) {
  const locale = useLocale();
  const durationMs = elapsedMs(props.span, props.now);
  return durationMs === undefined ? null : <>{formatDuration(Math.floor(durationMs / 1_000) * 1_000, locale)}</>;
}
