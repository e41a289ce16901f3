import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Pod } from '@leitstand/plugin-rollouts-common';
import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import type { LogTarget } from '../../hooks/useLogTarget';
import { sortPods } from '../../model/podCells';
import { rolloutsTranslationRef } from '../../translation';

/** Which pod, which container, which run. */
export function LogPicker(props: {
  pods: Pod[];
  target: LogTarget | undefined;
  /** The container that is shown. */
  container: string | undefined;
  onChange: (target: LogTarget) => void;
}) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const { pods, target, container, onChange } = props;
  const pod = pods.find(candidate => candidate.name === target?.pod);
  const containers = pod?.containers.map(({ name }) => name) ?? [];
  if (container !== undefined && !containers.includes(container)) containers.push(container);
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, padding: 2, alignItems: 'center' }}>
      <NativeSelect
        label={t('log.pod')}
        value={target?.pod ?? ''}
        options={[
          ...(target ? [] : [{ value: '', label: t('log.choosePod') }]),
          ...(target && !pod ? [{ value: target.pod, label: t('log.podGone', { pod: target.pod }) }] : []),
          ...sortPods(pods).map(({ name, reason }) => ({ value: name, label: reason ? `${name} · ${reason}` : name })),
        ]}
        onChange={name => onChange({ pod: name, isPrevious: false })}
      />
      {target && (
        <>
          <NativeSelect
            label={t('log.container')}
            value={container ?? ''}
            options={containers.map(name => ({ value: name, label: name }))}
            onChange={name => onChange({ ...target, container: name })}
          />
          <FormControlLabel
            label={t('log.previous')}
            control={
              <Switch
                size="small"
                checked={target.isPrevious}
                onChange={event => onChange({ ...target, container, isPrevious: event.target.checked })}
              />
            }
          />
        </>
      )}
    </Box>
  );
}

function NativeSelect(props: {
  label: string;
  value: string;
  options: { value: string; label: string }[];
  onChange: (value: string) => void;
}) {
  return (
    <TextField
      select
      size="small"
      label={props.label}
      value={props.value}
      onChange={event => props.onChange(event.target.value)}
      SelectProps={{ native: true }}
      InputLabelProps={{ shrink: true }}
      sx={{ minWidth: 160, maxWidth: '100%' }}
    >
      {props.options.map(option => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </TextField>
  );
}
