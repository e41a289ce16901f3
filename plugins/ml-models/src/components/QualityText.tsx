import type { Quality } from '@leitstand/plugin-ml-models-common';
import { useFormats } from '../hooks/useFormats';
import { useMetricWords } from '../hooks/useMetricWords';

/** The one number by which models of a type are compared, with its name. */
export function QualityText(props: { quality: Quality | undefined }) {
  const formats = useFormats();
  const words = useMetricWords();
  const { quality } = props;
  if (!quality) return <span>–</span>;
  return (
    <span title={words.meaningOf(quality.metric)} style={{ fontVariantNumeric: 'tabular-nums' }}>
      {words.nameOf(quality.metric)} {formats.number(quality.value)}
    </span>
  );
}
