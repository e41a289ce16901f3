import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { ActivityTable, EntityFreezes } from '@leitstand/plugin-operations-react';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';

/** What was done to the entity of the page, and the freezes that concern it. */
export function EntityActivity() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  return (
    <Stack spacing={2}>
      <EntityFreezes entityRef={entityRef} />
      <Paper sx={{ overflow: 'hidden' }}>
        <ActivityTable filter={{ entityRef }} isOfOneEntity />
      </Paper>
    </Stack>
  );
}
