import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormHelperText from '@mui/material/FormHelperText';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useKnownNames } from '../../hooks/useKnownNames';
import { usePlaces } from '../../hooks/usePlaces';
import type { FreezeComplaints, FreezeDraft } from '../../model/freezeForm';
import { localTimeZone } from '../../model/localTime';
import { operationsTranslationRef } from '../../translation';
import { EntityPicker, NamePicker } from '../EntityPicker';
import { TimeField } from '../TimeField';

interface FieldsProps {
  draft: FreezeDraft;
  complaints: FreezeComplaints;
  onChange: (draft: FreezeDraft) => void;
}

/** The fields of a freeze; what is wrong is said at its field. */
export function FreezeFields(props: FieldsProps) {
  const { t } = useTranslationRef(operationsTranslationRef);
  const { draft, complaints, onChange } = props;
  return (
    <>
      <ScopeFields {...props} />
      <TextField
        label={t('freezeForm.reason')}
        helperText={t(`freezeForm.${complaints.reason ?? 'reasonHelp'}`)}
        error={complaints.reason !== undefined}
        required
        value={draft.reason}
        onChange={event => onChange({ ...draft, reason: event.target.value })}
        inputProps={{ maxLength: 1000 }}
        size="small"
        fullWidth
      />
      <TimeFields {...props} />
    </>
  );
}

function ScopeFields(props: FieldsProps) {
  const { t } = useTranslationRef(operationsTranslationRef);
  const { draft, complaints, onChange } = props;
  const known = useKnownNames();
  const places = usePlaces();
  const isMissing = complaints.scope !== undefined;
  const set = (part: FreezeDraft['scope']) => {
    const entries = Object.entries({ ...draft.scope, ...part }).filter(([, value]) => value !== undefined);
    onChange({ ...draft, scope: Object.fromEntries(entries) });
  };
  return (
    <Box role="group" aria-label={t('freezes.what')}>
      <Typography variant="body2" color="text.secondary" sx={{ marginBottom: 1.5 }}>
        {t('freezeForm.explain')}
      </Typography>
      <Box sx={{ display: 'grid', gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' }, gap: 2 }}>
        <NamePicker
          label={t('freezeForm.environment')}
          names={known.environments}
          value={draft.scope.environment}
          onChange={environment => set({ environment })}
          isMissing={isMissing}
          width="100%"
        />
        <NamePicker
          label={t('freezeForm.cluster')}
          names={places.value?.clusters ?? []}
          value={draft.scope.cluster}
          onChange={cluster => set({ cluster })}
          isMissing={isMissing}
          width="100%"
        />
        <NamePicker
          label={t('freezeForm.namespace')}
          names={places.value?.namespaces ?? []}
          value={draft.scope.namespace}
          onChange={namespace => set({ namespace })}
          isMissing={isMissing}
          width="100%"
        />
        <EntityPicker
          label={t('freezeForm.entity')}
          kinds={['component', 'resource', 'api', 'system']}
          example="component:default/backend"
          value={draft.scope.entityRef}
          onChange={entityRef => set({ entityRef })}
          isMissing={isMissing}
          width="100%"
        />
      </Box>
      {places.error !== undefined && <FormHelperText>{t('freezeForm.noSuggestions')}</FormHelperText>}
      {complaints.scope && (
        <FormHelperText error role="alert">
          {t(`freezeForm.${complaints.scope}`)}
        </FormHelperText>
      )}
    </Box>
  );
}

const usualHours = [1, 4, 24, 72];

function TimeFields(props: FieldsProps) {
  const { t } = useTranslationRef(operationsTranslationRef);
  const { draft, complaints, onChange } = props;
  const last = (hours: number) => {
    const beginMs = draft.startsAt === undefined ? Date.now() : Date.parse(draft.startsAt);
    onChange({ ...draft, endsAt: new Date(beginMs + hours * 3_600_000).toISOString() });
  };
  const zone = { zone: localTimeZone() };
  return (
    <Stack spacing={1}>
      <Box sx={{ display: 'grid', gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' }, gap: 2 }}>
        <TimeField
          label={t('freezeForm.start')}
          note={t('freezeForm.startHelp', zone)}
          isNoteShown
          value={draft.startsAt}
          onChange={startsAt => onChange({ ...draft, startsAt })}
        />
        <TimeField
          label={t('freezeForm.end')}
          note={t('page.zone', zone)}
          isRequired
          value={draft.endsAt}
          onChange={endsAt => onChange({ ...draft, endsAt })}
          error={complaints.end && t(`freezeForm.${complaints.end}`)}
        />
      </Box>
      <Stack direction="row" spacing={0.5} useFlexGap flexWrap="wrap" alignItems="center">
        <Typography variant="body2" color="text.secondary">
          {t('freezeForm.lasts')}
        </Typography>
        {usualHours.map(count => (
          <Button key={count} size="small" onClick={() => last(count)}>
            {t('freezeForm.hours', { count })}
          </Button>
        ))}
      </Stack>
    </Stack>
  );
}
