import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useResource } from '@leitstand/plugin-kit-react';
import { runStateSchema, type RunFilter } from '@leitstand/plugin-operations-common';
import { operationsReactTranslationRef, runStateLooks } from '@leitstand/plugin-operations-react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useCallback } from 'react';
import { useKnownNames } from '../../hooks/useKnownNames';
import { localTimeZone } from '../../model/localTime';
import { operationsTranslationRef } from '../../translation';
import { EntityPicker, NamePicker } from '../EntityPicker';
import { TimeField } from '../TimeField';

interface FilterProps {
  filter: RunFilter;
  onChange: (filter: RunFilter) => void;
}

/** What, on what, by whom, where, when and with what outcome. */
export function ActivityFilterBar(props: FilterProps) {
  const { t } = useTranslationRef(operationsTranslationRef);
  const { filter } = props;
  const known = useKnownNames();
  const set = (change: RunFilter) => props.onChange({ ...filter, ...change });
  const zone = t('page.zone', { zone: localTimeZone() });
  return (
    <Box
      role="group"
      aria-label={t('page.filters')}
      sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, alignItems: 'flex-start' }}
    >
      <EntityPicker
        label={t('page.entity')}
        kinds={['component', 'resource', 'api', 'system']}
        example="component:default/backend"
        value={filter.entityRef}
        onChange={entityRef => set({ entityRef })}
      />
      <EntityPicker
        label={t('page.requester')}
        kinds={['user']}
        example="user:default/olivia"
        value={filter.requester}
        onChange={requester => set({ requester })}
        width={200}
      />
      <NamePicker
        label={t('page.operation')}
        names={known.operations}
        value={filter.operation}
        onChange={operation => set({ operation })}
      />
      <NamePicker
        label={t('page.environment')}
        names={known.environments}
        value={filter.environment}
        onChange={environment => set({ environment })}
        width={150}
      />
      <StateFilter {...props} />
      <TimeField label={t('page.from')} note={zone} value={filter.from} onChange={from => set({ from })} />
      <TimeField label={t('page.to')} note={zone} value={filter.to} onChange={to => set({ to })} />
      <OnlyMine {...props} />
      {Object.values(filter).some(Boolean) && (
        <Button onClick={() => props.onChange({})} sx={{ alignSelf: 'center' }}>
          {t('page.clear')}
        </Button>
      )}
    </Box>
  );
}

function StateFilter(props: FilterProps) {
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
      sx={{ width: { xs: '100%', sm: 150 } }}
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

function OnlyMine(props: FilterProps) {
  const { t } = useTranslationRef(operationsTranslationRef);
  const { filter, onChange } = props;
  const me = useMyEntityRef();
  return (
    <FormControlLabel
      control={
        <Checkbox
          size="small"
          checked={me !== undefined && filter.requester === me}
          disabled={me === undefined}
          onChange={event => onChange({ ...filter, requester: event.target.checked ? me : undefined })}
        />
      }
      label={t('page.onlyMine')}
    />
  );
}

function useMyEntityRef(): string | undefined {
  const identity = useApi(identityApiRef);
  const load = useCallback(() => identity.getBackstageIdentity(), [identity]);
  return useResource(load).value?.userEntityRef;
}
