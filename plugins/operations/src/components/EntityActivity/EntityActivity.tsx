import { isUserEntity, stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { ActivityTable, EntityFreezes } from '@leitstand/plugin-operations-react';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';

/** What was done to the entity of the page, and the freezes that concern it; of a person, what they asked for. */
export function EntityActivity() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  if (isUserEntity(entity)) {
    return (
      <Paper sx={{ overflow: 'hidden' }}>
        <ActivityTable filter={{ requester: entityRef }} />
      </Paper>
    );
  }
  return (
    <Stack spacing={2}>
      <EntityFreezes entityRef={entityRef} />
      <Paper sx={{ overflow: 'hidden' }}>
        <ActivityTable filter={{ entityRef }} isOfOneEntity />
      </Paper>
    </Stack>
  );
}
