import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Connection } from '@leitstand/plugin-kit-common';
import {
  Fact,
  FactList,
  formatDuration,
  HomeCard,
  RelativeTime,
  StatusChip,
  useLocale,
  type StatusTone,
} from '@leitstand/plugin-kit-react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { connectionsTranslationRef } from '../../translation';
import { CredentialsBlock } from './CredentialsBlock';

const looks = {
  connected: { tone: 'ok', word: 'connected' },
  partial: { tone: 'error', word: 'partial' },
  unreachable: { tone: 'error', word: 'unreachable' },
  'not-configured': { tone: 'unknown', word: 'notConfigured' },
} as const satisfies Record<Connection['state'], { tone: StatusTone; word: string }>;

/** One upstream: how the connection is and what that means, facts, what the credentials may do. */
export function ConnectionCard(props: { connection: Connection }) {
  const { t } = useTranslationRef(connectionsTranslationRef);
  const { system, name, state, lastError, credentials } = props.connection;
  const { tone, word } = looks[state];
  return (
    <HomeCard title={`${system}: ${name}`} action={<StatusChip tone={tone} label={t(`state.${word}`)} />}>
      <Box sx={{ padding: 2, display: 'grid', gap: 2 }}>
        <Typography variant="body2">{t(`meaning.${word}`)}</Typography>
        {lastError && (
          <Alert severity={state === 'connected' ? 'info' : 'error'} role="note" sx={{ overflowWrap: 'anywhere' }}>
            {t('connection.lastError')} {lastError.message} {t('connection.errorCode', { code: lastError.code })}
            {lastError.at && (
              <>
                {', '}
                <RelativeTime time={lastError.at} />
              </>
            )}
          </Alert>
        )}
        <ConnectionFacts connection={props.connection} />
        {credentials.map(set => (
          <CredentialsBlock key={set.use} credentials={set} />
        ))}
      </Box>
    </HomeCard>
  );
}

function ConnectionFacts(props: { connection: Connection }) {
  const { t } = useTranslationRef(connectionsTranslationRef);
  const locale = useLocale();
  const { address, version, latencyMs, observedAt, checkedAt } = props.connection;
  return (
    <FactList>
      <Fact term={t('connection.address')}>
        <Box component="span" sx={{ fontFamily: 'var(--bui-font-monospace)', fontSize: 12 }}>
          {address}
        </Box>
      </Fact>
      <Fact term={t('connection.version')}>{version ?? t('connection.unknown')}</Fact>
      <Fact term={t('connection.latency')}>
        {latencyMs === undefined ? t('connection.unknown') : formatDuration(Math.max(1, latencyMs), locale)}
      </Fact>
      <Fact term={t('connection.observed')}>
        {observedAt === undefined ? t('connection.never') : <RelativeTime time={observedAt} />}
      </Fact>
      <Fact term={t('connection.checked')}>
        <RelativeTime time={checkedAt} />
      </Fact>
    </FactList>
  );
}
