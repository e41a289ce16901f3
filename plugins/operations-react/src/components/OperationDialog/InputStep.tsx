import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { checkForm, type OperationForm } from '../../model/OperationForm';
import { operationsReactTranslationRef } from '../../translation';
import { DialogBar, DialogBody } from './DialogParts';

/** Filling in an operation's form. What is wrong is told after the first try, at its field. */
export function InputStep(props: {
  form: OperationForm;
  values: object;
  onChange: (values: object) => void;
  onSubmit: (input: Record<string, unknown>) => void;
  onClose: () => void;
}) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const { form, values, onChange } = props;
  const element = useRef<HTMLFormElement>(null);
  const [tryCount, setTryCount] = useState(0);
  const { errors, input } = checkForm(form, values);
  const errorOf = (path: string) => (tryCount > 0 ? errors?.get(path) : undefined);
  useEffect(() => {
    if (tryCount > 0) element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [tryCount]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (input) props.onSubmit(input);
    else setTryCount(count => count + 1);
  };
  return (
    <form
      ref={element}
      onSubmit={submit}
      noValidate
      style={{ display: 'flex', flexDirection: 'column', minHeight: 0, overflow: 'hidden' }}
    >
      <DialogBody>
        <Stack spacing={2}>
          {form.renderFields({
            values,
            setValues: change => onChange({ ...values, ...change }),
            errorOf,
          })}
          {errorOf('') && <Alert severity="error">{errorOf('')}</Alert>}
        </Stack>
      </DialogBody>
      <DialogBar
        note={
          <Typography variant="caption" color="text.secondary">
            {t('dialog.inputHint')}
          </Typography>
        }
      >
        <Button onClick={props.onClose}>{t('dialog.cancel')}</Button>
        <Button type="submit" variant="contained">
          {t('dialog.showPlan')}
        </Button>
      </DialogBar>
    </form>
  );
}
