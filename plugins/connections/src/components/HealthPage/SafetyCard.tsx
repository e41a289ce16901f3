import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { DoorRules, GuestRule, PortalHealth } from '@leitstand/plugin-connections-common';
import { Fact, FactList } from '@leitstand/plugin-kit-react';
import { connectionsTranslationRef } from '../../translation';
import { FactCard } from './FactCard';

/** Which doors the configuration opens to others than people who signed in. */
export function SafetyCard(props: { health: PortalHealth }) {
  const { t } = useTranslationRef(connectionsTranslationRef);
  const { guestRules, doorRules } = props.health;
  const [guest] = guestRules as [GuestRule?];
  const [rules] = doorRules as [DoorRules?];
  return (
    <FactCard title={t('health.safety.title')}>
      <FactList>
        <Fact term={t('health.safety.guest')}>
          {guest
            ? t(guest.isAllowed ? 'health.safety.guestAllowed' : 'health.safety.guestDenied')
            : t('health.safety.unknown')}
        </Fact>
        <Fact term={t('health.safety.agents')}>
          {rules ? rules.agentsMayRun.join(', ') || t('health.safety.agentsNone') : t('health.safety.unknown')}
        </Fact>
        <Fact term={t('health.safety.services')}>
          {rules ? <Services services={rules.services} /> : t('health.safety.unknown')}
        </Fact>
      </FactList>
    </FactCard>
  );
}

function Services(props: Pick<DoorRules, 'services'>) {
  const { t } = useTranslationRef(connectionsTranslationRef);
  if (props.services.length === 0) return <>{t('health.safety.servicesNone')}</>;
  return (
    <>
      {props.services.map(({ name, operations, owners }) => (
        <div key={name}>
          {t('health.safety.service', { name, operations: operations.join(', '), owners: owners.join(', ') })}
        </div>
      ))}
    </>
  );
}
