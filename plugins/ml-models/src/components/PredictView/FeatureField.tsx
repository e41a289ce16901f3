import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { isScalar, type Column, type FeatureStatistics } from '@leitstand/plugin-ml-models-common';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { hasAllCategories, isNumeric, readFeatureValue, warnOfValue } from '../../model/featureValue';
import { useFormats } from '../../hooks/useFormats';
import { mlModelsTranslationRef } from '../../translation';

/** More categories than these are typed, with a hint, instead of chosen from a menu. */
const maxMenuCount = 100;

/** One feature: a menu of its categories or a field by its type; hints at its range, warns of what was never trained. */
export function FeatureField(props: {
  feature: Column;
  /** Undefined where they are not known. */
  statistics: FeatureStatistics | undefined;
  /** As typed. */
  value: string;
  onChange: (value: string) => void;
}) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { feature, statistics, value, onChange } = props;
  const { name, type } = feature;
  const { text, tone } = useHint(props);
  const common = {
    label: name,
    value,
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
    size: 'small' as const,
    disabled: !isScalar(type),
    error: tone === 'error',
    helperText: text,
    InputLabelProps: { shrink: true },
    FormHelperTextProps: { sx: tone === 'warning' ? { color: 'warning.main' } : {} },
  };
  const options = menuOf(statistics, feature, value);
  if (options) {
    return (
      <TextField {...common} select SelectProps={{ displayEmpty: true }}>
        <MenuItem value="">–</MenuItem>
        {options.map(option => (
          <MenuItem key={option} value={option}>
            {option}
          </MenuItem>
        ))}
      </TextField>
    );
  }
  return (
    <TextField
      {...common}
      type={type === 'DATE' ? 'date' : 'text'}
      inputProps={{ inputMode: isNumeric(type) ? 'decimal' : undefined, autoComplete: 'off' }}
      placeholder={t('predict.missingValue')}
    />
  );
}

/** What the menu offers; a value of the address that there is not can still be seen, and left. */
function menuOf(statistics: FeatureStatistics | undefined, feature: Column, value: string): string[] | undefined {
  if (feature.type === 'BOOL') return withValue(['true', 'false'], value);
  if (!statistics || isNumeric(feature.type) || !hasAllCategories(statistics)) return undefined;
  return statistics.categories.length > maxMenuCount ? undefined : withValue(statistics.categories, value);
}

function withValue(options: string[], value: string): string[] {
  return value === '' || options.includes(value) ? options : [value, ...options];
}

function useHint(props: { feature: Column; statistics: FeatureStatistics | undefined; value: string }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const formats = useFormats();
  const { feature, statistics } = props;
  if (!isScalar(feature.type)) return { text: t('predict.notScalar', { type: feature.type }), tone: 'plain' as const };
  const value = readFeatureValue(props.value, feature.type);
  if (value === undefined) return { text: t('predict.notOfType', { type: feature.type }), tone: 'error' as const };
  const warning = warnOfValue(value, statistics);
  if (warning?.kind === 'unknownCategory') return { text: t('predict.unknownCategory'), tone: 'warning' as const };
  if (warning) {
    const text = t(`predict.${warning.kind}`, { bound: formats.number(warning.bound) });
    return { text, tone: 'warning' as const };
  }
  const { min, max } = statistics ?? {};
  const range =
    min === undefined || max === undefined
      ? feature.type
      : t('predict.range', { type: feature.type, min: formats.number(min), max: formats.number(max) });
  return { text: range, tone: 'plain' as const };
}
