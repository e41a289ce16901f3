import { useRouteRef } from '@backstage/core-plugin-api';
import { runRouteRef } from '@leitstand/plugin-operations-react';
import { Navigate, useParams } from 'react-router-dom';

/** Leads on from `/activity/<run id>`, the address of runs in the first version. */
export function FormerRunPage() {
  const runLink = useRouteRef(runRouteRef);
  const { id = '' } = useParams();
  return <Navigate to={runLink({ id })} replace />;
}
