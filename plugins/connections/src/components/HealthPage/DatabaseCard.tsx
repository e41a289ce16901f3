import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { PortalHealth } from '@leitstand/plugin-connections-common';
import { Fact, FactList } from '@leitstand/plugin-kit-react';
import Typography from '@mui/material/Typography';
import { connectionsTranslationRef } from '../../translation';
import { FactCard } from './FactCard';

/** What all processes share. */
export function DatabaseCard(props: { databases: PortalHealth['databases'] }) {
  const { t } = useTranslationRef(connectionsTranslationRef);
  const { databases } = props;
  return (
    <FactCard title={t('health.database.title')}>
      {databases.length === 0 && <Typography variant="body2">{t('health.database.none')}</Typography>}
      {databases.map(({ kind, version }) => (
        <FactList key={kind}>
          <Fact term={t('health.database.kind')}>{kind}</Fact>
          <Fact term={t('health.database.version')}>{version}</Fact>
        </FactList>
      ))}
      {databases.some(({ kind }) => kind === 'SQLite') && (
        <Typography variant="body2" color="text.secondary">
          {t('health.database.oneProcess')}
        </Typography>
      )}
    </FactCard>
  );
}
