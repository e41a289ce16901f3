import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { BarFigure, ErrorState, LoadingState, StaleBanner, type Resource } from '@leitstand/plugin-kit-react';
import type { Usage, UsageReport } from '@leitstand/plugin-ml-models-common';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useFormats } from '../../hooks/useFormats';
import { mlModelsTranslationRef } from '../../translation';
import { Section } from '../Section';

/** So many users and models are drawn. */
const maxBarCount = 8;

/** Bytes billed by user, by model and by month; with what they cost, where a price is configured. */
export function UsageSection(props: { usage: Resource<UsageReport> }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { value, error, reload } = props.usage;
  return (
    <Section title={value ? t('usage.titleOf', { month: value.month }) : t('usage.title')}>
      {!value && error === undefined && <LoadingState lines={6} />}
      {!value && error !== undefined && <ErrorState error={error} onRetry={reload} />}
      {value && <UsageCharts report={value} />}
    </Section>
  );
}

function UsageCharts(props: { report: UsageReport }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { report } = props;
  const { freshness } = report;
  return (
    <>
      {freshness.staleBecause && (
        <StaleBanner observedAt={freshness.observedAt} reason={freshness.staleBecause.message} />
      )}
      <Totals report={report} />
      <Box sx={{ display: 'grid', gap: 3, gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 420px), 1fr))' }}>
        <UsageBars label={t('usage.byMonth')} category={t('usage.month')} usage={report.byMonth} isOverTime />
        <UsageBars label={t('usage.byUser')} category={t('job.user')} usage={report.byUser} />
        <UsageBars label={t('usage.byModel')} category={t('job.model')} usage={report.byModel} />
      </Box>
      <Typography variant="caption" color="text.secondary">
        {t('usage.words')}
      </Typography>
    </>
  );
}

function Totals(props: { report: UsageReport }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const formats = useFormats();
  const { month, byMonth } = props.report;
  const total = byMonth.find(({ key }) => key === month);
  if (!total) return null;
  return (
    <Typography variant="body1">
      {t('usage.total', { count: total.jobCount, bytes: formats.bytes(total.bytesBilled) })}
      {total.cost && t('usage.cost', { cost: formats.cost(total.cost) })}
      {total.failedCount > 0 && t('usage.failed', { count: total.failedCount })}
    </Typography>
  );
}

function UsageBars(props: { label: string; category: string; usage: Usage[]; isOverTime?: boolean }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const formats = useFormats();
  const { label, category, usage, isOverTime } = props;
  if (usage.length === 0) {
    return (
      <div>
        <Typography variant="subtitle2">{label}</Typography>
        <Typography variant="body2" color="text.secondary">
          {t('usage.nothing')}
        </Typography>
      </div>
    );
  }
  return (
    <BarFigure
      label={label}
      categoryLabel={category}
      valueLabel={t('usage.bytes')}
      direction={isOverTime ? 'column' : 'bar'}
      bars={(isOverTime ? usage : usage.slice(0, maxBarCount)).map(({ key, bytesBilled }) => ({
        label: key,
        value: bytesBilled,
      }))}
      format={formats.bytes}
      isInBytes
    />
  );
}
