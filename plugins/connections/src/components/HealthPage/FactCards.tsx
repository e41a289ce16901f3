import type { PortalHealth } from '@leitstand/plugin-connections-common';
import { CardGrid } from './CardGrid';
import { DatabaseCard } from './DatabaseCard';
import { NotificationsCard } from './NotificationsCard';
import { SafetyCard } from './SafetyCard';
import { SignInCard } from './SignInCard';

/** What the portal stands on and what its configuration allows. */
export function FactCards(props: { health: PortalHealth }) {
  const { health } = props;
  return (
    <CardGrid>
      <SignInCard health={health} />
      <DatabaseCard databases={health.databases} />
      <NotificationsCard waysOut={health.waysOut} />
      <SafetyCard health={health} />
    </CardGrid>
  );
}
