import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { ActivityTable } from '@leitstand/plugin-operations-react';
import Paper from '@mui/material/Paper';

/** What was done to the entity of the page. */
export function EntityActivity() {
  const { entity } = useEntity();
  return (
    <Paper sx={{ overflow: 'hidden' }}>
      <ActivityTable filter={{ entityRef: stringifyEntityRef(entity) }} isOfOneEntity />
    </Paper>
  );
}
