import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { runRouteRef } from '@leitstand/plugin-operations-react';
import { parseChangeCause } from '../../model/changeCause';
import { rolloutsTranslationRef } from '../../translation';

/** Why a revision came to be: of the portal's own changes who, why and which run, of others what they say. */
export function ChangeCause(props: { changeCause: string }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const runLink = useRouteRef(runRouteRef);
  const own = parseChangeCause(props.changeCause);
  if (!own) return <>{props.changeCause}</>;
  const { did, requester, reason, runId } = own;
  return (
    <>
      <Link to={runLink({ id: runId })}>{did}</Link> {t('revision.by')}{' '}
      <EntityRefLink entityRef={requester} defaultKind="user" hideIcon />
      {reason && `: ${reason}`}
    </>
  );
}
