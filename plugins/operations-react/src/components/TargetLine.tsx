import type { OperationTarget } from '@leitstand/plugin-operations-common';
import Typography from '@mui/material/Typography';

/** The upstream object in one line, from the large to the small: cluster / namespace / Deployment backend. */
export function TargetLine(props: { target: OperationTarget }) {
  const { system, cluster, namespace, kind, name } = props.target;
  const path = [cluster ?? system, namespace, `${kind} ${name}`].filter(Boolean).join(' / ');
  return (
    <Typography component="span" variant="body2" sx={{ overflowWrap: 'anywhere' }}>
      {path}
    </Typography>
  );
}
