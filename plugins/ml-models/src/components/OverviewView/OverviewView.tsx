import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Fact, FactList, RelativeTime } from '@leitstand/plugin-kit-react';
import type { Model } from '@leitstand/plugin-ml-models-common';
import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import Typography from '@mui/material/Typography';
import { datasetName } from '../../model/datasetName';
import { predictSql } from '../../model/sqlSnippet';
import { mlModelsTranslationRef } from '../../translation';
import { CopyButton } from '../CopyButton';
import { MetricGrid } from '../MetricGrid';
import { Section } from '../Section';
import { ServicesList } from './ServicesList';

/** What a model is, how good it is, who serves it, and how to use it. */
export function OverviewView(props: { model: Model; entityRef: string }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { model } = props;
  const evaluation = model.trainingRuns.at(-1)?.evaluation;
  return (
    <Box
      sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'repeat(2, minmax(0, 1fr))' } }}
    >
      <Section title={t('overview.about')}>
        <AboutFacts model={model} />
      </Section>
      <Section title={t('overview.quality')}>
        {evaluation && evaluation.kind !== 'none' ? (
          <MetricGrid metrics={evaluation.metrics} />
        ) : (
          <Typography variant="body2">{t('overview.noQuality')}</Typography>
        )}
      </Section>
      <Section title={t('overview.serving')}>
        <ServicesList model={model} entityRef={props.entityRef} />
      </Section>
      {model.isKnownType && (
        <Section title={t('overview.use')} action={<CopyButton text={predictSql(model)} />}>
          <Typography variant="body2" color="text.secondary">
            {t('overview.useWords')}
          </Typography>
          <Box
            component="pre"
            tabIndex={0}
            aria-label={t('overview.statement')}
            sx={{ margin: 0, padding: 1.5, overflowX: 'auto', fontSize: 12, backgroundColor: 'action.hover' }}
          >
            {predictSql(model)}
          </Box>
        </Section>
      )}
    </Box>
  );
}

function AboutFacts(props: { model: Model }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { ref, description, location, features, labels, createdAt, modifiedAt, expiresAt } = props.model;
  const labelEntries = Object.entries(labels);
  return (
    <>
      {description && <Typography variant="body2">{description}</Typography>}
      <FactList>
        <Fact term={t('overview.dataset')}>{datasetName(ref)}</Fact>
        <Fact term={t('overview.location')}>{location}</Fact>
        <Fact term={t('overview.created')}>
          <RelativeTime time={createdAt} />
        </Fact>
        <Fact term={t('model.modified')}>
          <RelativeTime time={modifiedAt} />
        </Fact>
        <Fact term={t('model.expires')}>{expiresAt ? <RelativeTime time={expiresAt} /> : t('model.never')}</Fact>
      </FactList>
      <ChipLine
        title={t('overview.features')}
        texts={features.map(({ name, type }) => t('overview.feature', { name, type }))}
      />
      {labelEntries.length > 0 && (
        <ChipLine title={t('overview.labels')} texts={labelEntries.map(([key, value]) => `${key}: ${value}`)} />
      )}
    </>
  );
}

function ChipLine(props: { title: string; texts: string[] }) {
  return (
    <div>
      <Typography variant="caption" color="text.secondary" component="p">
        {props.title}
      </Typography>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.75, marginTop: 0.5 }}>
        {props.texts.map(text => (
          <Chip key={text} label={text} size="small" variant="outlined" sx={{ maxWidth: '100%' }} />
        ))}
      </Box>
    </div>
  );
}
