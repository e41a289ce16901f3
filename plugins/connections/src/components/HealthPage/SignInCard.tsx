import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { DoorRules, PortalHealth } from '@leitstand/plugin-connections-common';
import { Fact, FactList, StatusChip } from '@leitstand/plugin-kit-react';
import Typography from '@mui/material/Typography';
import { connectionsTranslationRef } from '../../translation';
import { FactCard } from './FactCard';

/** Whom people sign in with, and whether that can be told from what OAuth clients do. */
export function SignInCard(props: { health: PortalHealth }) {
  const { t } = useTranslationRef(connectionsTranslationRef);
  const { signIns, doorRules } = props.health;
  const [rules] = doorRules as [DoorRules?];
  return (
    <FactCard title={t('health.signIn.title')}>
      {signIns.length === 0 && <Typography variant="body2">{t('health.signIn.none')}</Typography>}
      {signIns.map(({ provider, issuer, isFailing }) => (
        <FactList key={provider}>
          <Fact term={t('health.signIn.provider')}>
            {provider}{' '}
            <StatusChip
              tone={isFailing ? 'error' : 'ok'}
              label={t(isFailing ? 'health.signIn.fails' : 'health.signIn.answers')}
            />
          </Fact>
          <Fact term={t('health.signIn.issuer')}>{issuer ?? t('health.signIn.issuerUnknown')}</Fact>
        </FactList>
      ))}
      {rules && (
        <FactList>
          <Fact term={t('health.signIn.marked')}>{t(`health.signIn.${markOf(rules)}`)}</Fact>
        </FactList>
      )}
    </FactCard>
  );
}

function markOf({ areSignInsMarked, mayClientsSignIn }: DoorRules) {
  if (areSignInsMarked) return 'isMarked';
  return mayClientsSignIn ? 'isNotMarkedButUsed' : 'isNotMarked';
}
