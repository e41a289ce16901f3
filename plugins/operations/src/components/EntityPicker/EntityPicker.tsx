import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { entityRefSchema } from '@leitstand/plugin-operations-common';
import Autocomplete from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
import { useEffect, useState } from 'react';
import { operationsTranslationRef } from '../../translation';

/** Time after the last key before the catalogue is asked, in milliseconds. */
const pauseMs = 250;
const suggestionCount = 15;

/** Chooses one entity by typing a part of its name; a full reference that the catalogue lacks can be given as well. */
export function EntityPicker(props: {
  label: string;
  /** Which kinds are suggested. */
  kinds: string[];
  /** For what has been typed and is no reference, for example `component:default/backend`. */
  example: string;
  value: string | undefined;
  onChange: (entityRef: string | undefined) => void;
  /** Whether a choice is missing. Default: false. */
  isMissing?: boolean;
  /** Default: 240, and on a narrow screen all there is. */
  width?: number | string;
}) {
  const { t } = useTranslationRef(operationsTranslationRef);
  const { value, onChange } = props;
  const [text, setText] = useState(value ?? '');
  const [isInvalid, setIsInvalid] = useState(false);
  const { options, isLoading } = useSuggestions(props.kinds, text === value ? '' : text);
  const choose = (typed: string | null) => {
    const entityRef = entityRefSchema.safeParse(typed?.trim().toLocaleLowerCase('en-US')).data;
    setIsInvalid(Boolean(typed) && !entityRef);
    if (!typed || entityRef) onChange(entityRef);
  };
  return (
    <Autocomplete
      freeSolo
      size="small"
      options={options}
      filterOptions={found => found}
      loading={isLoading}
      loadingText={t('picker.loading')}
      value={value ?? null}
      inputValue={text}
      onInputChange={(_, typed) => {
        setText(typed);
        setIsInvalid(false);
      }}
      onChange={(_, chosen) => choose(chosen)}
      onBlur={() => text !== (value ?? '') && choose(text)}
      sx={{ width: { xs: '100%', sm: props.width ?? 240 } }}
      renderInput={params => (
        <TextField
          {...params}
          label={props.label}
          error={isInvalid || props.isMissing}
          helperText={isInvalid ? t('picker.invalid', { example: props.example }) : undefined}
          InputLabelProps={{ ...params.InputLabelProps, shrink: true }}
        />
      )}
    />
  );
}

function useSuggestions(kinds: string[], term: string): { options: string[]; isLoading: boolean } {
  const catalog = useApi(catalogApiRef);
  const [found, setFound] = useState<{ term: string; options: string[] }>({ term: '', options: [] });
  const kindList = kinds.join();
  useEffect(() => {
    if (term === '') return undefined;
    const controller = new AbortController();
    const settle = (options: string[]) => !controller.signal.aborted && setFound({ term, options });
    const timer = setTimeout(() => {
      catalog
        .queryEntities({
          filter: { kind: kindList.split(',') },
          fullTextFilter: { term, fields: ['metadata.name', 'metadata.title', 'spec.profile.displayName'] },
          fields: ['kind', 'metadata.name', 'metadata.namespace'],
          limit: suggestionCount,
        })
        .then(
          ({ items }) => settle(items.map(entity => stringifyEntityRef(entity))),
          // Suggestions are a help: without them a full reference can still be typed.
          () => settle([]),
        );
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [catalog, kindList, term]);
  const isKnown = found.term === term;
  return { options: isKnown && term !== '' ? found.options : [], isLoading: term !== '' && !isKnown };
}
