import type { ProviderStatus } from '@leitstand/plugin-kit-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  Fact,
  FactList,
  HomeCard,
  RelativeTime,
  StatusChip,
  type StatusTone,
  useLocale,
} from '@leitstand/plugin-kit-react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { providersTranslationRef } from '../../providersTranslation';
import { LeftOutTable } from './LeftOutTable';
import { NotesTable } from './NotesTable';

const tones = {
  complete: 'ok',
  incomplete: 'warning',
  never: 'unknown',
} as const satisfies Record<ProviderStatus['state'], StatusTone>;

/** One provider's part that reads one source. */
export function ProviderCard(props: { status: ProviderStatus }) {
  const { t } = useTranslationRef(providersTranslationRef);
  const { provider, source, state, error, leftOut, notes } = props.status;
  return (
    <HomeCard
      title={t('page.title', { source, provider })}
      action={<StatusChip tone={tones[state]} label={t(`state.${state}`)} />}
    >
      <Box sx={{ padding: 2, display: 'grid', gap: 2 }}>
        <Typography variant="body2">{t(`meaning.${state}`)}</Typography>
        {error && (
          <Alert severity="error" role="note" sx={{ overflowWrap: 'anywhere' }}>
            {t('error.title')} {error.message} {error.code && t('error.code', { code: error.code })}
          </Alert>
        )}
        <ProviderFacts status={props.status} />
        {leftOut.length > 0 && <LeftOutTable leftOut={leftOut} />}
        {leftOut.length === 0 && state === 'complete' && (
          <Typography variant="body2" color="text.secondary">
            {t('leftOut.none')}
          </Typography>
        )}
        {notes.length > 0 && <NotesTable notes={notes} />}
      </Box>
    </HomeCard>
  );
}

function ProviderFacts(props: { status: ProviderStatus }) {
  const { t } = useTranslationRef(providersTranslationRef);
  const locale = useLocale();
  const { lastRunAt, lastCompleteAt, entityCount } = props.status;
  return (
    <FactList>
      <Fact term={t('fact.entities')}>{new Intl.NumberFormat(locale).format(entityCount)}</Fact>
      <Fact term={t('fact.lastRun')}>{lastRunAt ? <RelativeTime time={lastRunAt} /> : t('fact.never')}</Fact>
      <Fact term={t('fact.lastComplete')}>
        {lastCompleteAt ? <RelativeTime time={lastCompleteAt} /> : t('fact.never')}
      </Fact>
    </FactList>
  );
}
