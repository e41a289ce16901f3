import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useResource } from '@leitstand/plugin-kit-react';
import { runStateSchema } from '@leitstand/plugin-operations-common';
import { operationsReactTranslationRef, runStateLooks } from '@leitstand/plugin-operations-react';
import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import Chip from '@mui/material/Chip';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useCallback } from 'react';
import type { ActivityFilter } from '../../model/activityFilter';
import { operationsTranslationRef } from '../../translation';

/** State, "only mine", and what an address brought besides. */
export function ActivityFilterBar(props: { filter: ActivityFilter; onChange: (filter: ActivityFilter) => void }) {
  const { t } = useTranslationRef(operationsTranslationRef);
  const { filter, onChange } = props;
  const me = useMyEntityRef();
  const isMine = me !== undefined && filter.requester === me;
  return (
    <Box
      role="group"
      aria-label={t('page.filters')}
      sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'center' }}
    >
      <StateFilter filter={filter} onChange={onChange} />
      <FormControlLabel
        control={
          <Checkbox
            size="small"
            checked={isMine}
            disabled={me === undefined}
            onChange={event => onChange({ ...filter, requester: event.target.checked ? me : undefined })}
          />
        }
        label={t('page.onlyMine')}
      />
      {filter.requester && !isMine && (
        <Chip
          label={t('page.requester', { requester: filter.requester })}
          onDelete={() => onChange({ ...filter, requester: undefined })}
        />
      )}
      {filter.entityRef && (
        <Chip
          label={t('page.entity', { entityRef: filter.entityRef })}
          onDelete={() => onChange({ ...filter, entityRef: undefined })}
        />
      )}
    </Box>
  );
}

function StateFilter(props: { filter: ActivityFilter; onChange: (filter: ActivityFilter) => void }) {
  const { t } = useTranslationRef(operationsTranslationRef);
  const { t: tRun } = useTranslationRef(operationsReactTranslationRef);
  return (
    <TextField
      select
      size="small"
      label={t('page.state')}
      value={props.filter.state ?? ''}
      onChange={event => props.onChange({ ...props.filter, state: runStateSchema.safeParse(event.target.value).data })}
      InputLabelProps={{ shrink: true }}
      SelectProps={{ displayEmpty: true }}
      sx={{ minWidth: 180 }}
    >
      <MenuItem value="">{t('page.anyState')}</MenuItem>
      {runStateSchema.options.map(state => (
        <MenuItem key={state} value={state}>
          {tRun(`runState.${runStateLooks[state].word}`)}
        </MenuItem>
      ))}
    </TextField>
  );
}

function useMyEntityRef(): string | undefined {
  const identity = useApi(identityApiRef);
  const load = useCallback(() => identity.getBackstageIdentity(), [identity]);
  return useResource(load).value?.userEntityRef;
}
