import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { OperationForm, OperationFormFields } from '@leitstand/plugin-operations-react';
import {
  parseImageReference,
  type ContainerImage,
  type Revision,
  type SetImageInput,
  type Workload,
} from '@leitstand/plugin-rollouts-common';
import Autocomplete from '@mui/material/Autocomplete';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useMemo } from 'react';
import { z } from 'zod/v3';
import { useImages } from '../../hooks/useImages';
import { knownImagesOf } from '../../model/knownImages';
import { rolloutsTranslationRef } from '../../translation';

/** Asks for the image of a container. @param container - Default: the first one. */
export function useSetImageForm(workload: Pick<Workload, 'images' | 'revisions'>, container?: string): OperationForm {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const { images, revisions } = workload;
  return useMemo(() => {
    const present = images.find(image => image.container === container) ?? images.at(0);
    const form: OperationForm<SetImageInput> = {
      initialValues: { container: present?.container ?? '', image: present?.image ?? '' },
      schema: setImageFormSchema(t('operation.imageForm.invalid')),
      renderFields: fields => <SetImageFields fields={fields} images={images} revisions={revisions} />,
    };
    return form as OperationForm; // the dialog hands back the values that it was given
  }, [images, revisions, container, t]);
}

/** What the operation takes, from what the fields hold. */
function setImageFormSchema(invalid: string) {
  return z.object({
    container: z.string(),
    image: z
      .string()
      .trim()
      .refine(text => parseImageReference(text) !== undefined, { message: invalid }),
  });
}

function SetImageFields(props: {
  fields: OperationFormFields<SetImageInput>;
  images: ContainerImage[];
  revisions: Revision[];
}) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const { fields, images, revisions } = props;
  const { values, setValues } = fields;
  const present = images.find(({ container }) => container === values.container)?.image ?? '';
  const running = useImages().value?.items ?? [];
  const error = fields.errorOf('image');
  const choose = (container: string) =>
    setValues({ container, image: images.find(image => image.container === container)?.image ?? '' });
  return (
    <Stack spacing={2} sx={{ paddingTop: 1 }}>
      {images.length > 1 && (
        <TextField
          select
          label={t('operation.imageForm.container')}
          value={values.container}
          onChange={event => choose(event.target.value)}
          sx={{ maxWidth: 420 }}
        >
          {images.map(({ container }) => (
            <MenuItem key={container} value={container}>
              {container}
            </MenuItem>
          ))}
        </TextField>
      )}
      <Autocomplete
        freeSolo
        forcePopupIcon
        options={knownImagesOf(present, { revisions, running })}
        filterOptions={options => options}
        inputValue={values.image}
        onInputChange={(_, image, reason) => {
          if (reason !== 'reset' || image) setValues({ image });
        }}
        renderInput={params => (
          <TextField
            {...params}
            label={t('operation.imageForm.image')}
            error={error !== undefined}
            helperText={error ?? `${t('operation.imageForm.now', { image: present })} ${t('operation.imageForm.hint')}`}
          />
        )}
      />
    </Stack>
  );
}
