import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { scmIntegrationsApiRef } from '@backstage/integration-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { EmptyState } from '@leitstand/plugin-kit-react';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useEffect, useMemo } from 'react';
import { gitProviders, type RepositoryDraft } from '../model/drafts';
import { draftOf, type FieldProps } from '../model/fieldProps';
import { mlModelsTemplateTranslationRef, templateWordsOf } from '../templateTranslation';
import { FieldFrame } from './FieldFrame';

/** A new repository on one of the git servers that the installation knows. */
function RepositoryField({ formData = {}, onChange, schema, ...others }: FieldProps<RepositoryDraft>) {
  const { t } = useTranslationRef(mlModelsTemplateTranslationRef);
  const integrations = useApi(scmIntegrationsApiRef);
  const hosts = useMemo(
    () =>
      gitProviders.flatMap(provider =>
        integrations[provider].list().map(({ config, title }) => ({ provider, host: config.host, title })),
      ),
    [integrations],
  );
  const { name } = draftOf(others);
  const isUntouched = formData.host === undefined;
  useEffect(() => {
    const [first] = hosts;
    if (isUntouched && first) onChange({ provider: first.provider, host: first.host, repo: name });
  }, [isUntouched, hosts, name, onChange]);
  if (hosts.length === 0) return <EmptyState title={t('repository.none')} advice={t('repository.noneAdvice')} />;
  return (
    <FieldFrame title={schema.title} description={schema.description}>
      <Stack direction="row" spacing={2} useFlexGap flexWrap="wrap">
        <TextField
          select
          required
          label={t('repository.host')}
          value={hosts.some(({ host }) => host === formData.host) ? formData.host : ''}
          onChange={event => {
            const { provider, host } = hosts.find(each => each.host === event.target.value) ?? hosts[0];
            onChange({ ...formData, provider, host });
          }}
          sx={{ minWidth: 200 }}
        >
          {hosts.map(({ host, title }) => (
            <MenuItem key={host} value={host}>
              {title}
            </MenuItem>
          ))}
        </TextField>
        <TextField
          required
          label={t('repository.owner')}
          helperText={t('repository.ownerHint', { host: formData.host ?? '' })}
          value={formData.owner ?? ''}
          onChange={event => onChange({ ...formData, owner: event.target.value })}
          InputLabelProps={{ shrink: true }}
        />
        <TextField
          required
          label={t('repository.name')}
          value={formData.repo ?? ''}
          onChange={event => onChange({ ...formData, repo: event.target.value })}
          InputLabelProps={{ shrink: true }}
        />
      </Stack>
    </FieldFrame>
  );
}

/** `ui:field: GitRepository`. Its value: `{ provider: gitea | github | gitlab, host, owner, repo }`. */
export const repositoryField = createFormField({
  name: 'GitRepository',
  component: RepositoryField,
  validation({ provider, host, owner = '', repo = '' }: RepositoryDraft, field, { apiHolder }) {
    const isNamed = /^[A-Za-z0-9_.-]+(\/[A-Za-z0-9_.-]+)*$/.test(owner) && /^[A-Za-z0-9_.-]+$/.test(repo);
    if (!provider || !host || !isNamed) field.addError(templateWordsOf(apiHolder)('repository.invalid'));
  },
});
