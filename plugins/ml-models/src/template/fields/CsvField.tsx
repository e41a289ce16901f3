import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { useId, useState, type ChangeEvent } from 'react';
import type { SourceDraft } from '../model/drafts';
import { mlModelsTemplateTranslationRef } from '../templateTranslation';

/** Largest file that is read, in bytes. */
const maxFileBytes = 1_000_000;

/** Rows, pasted or from a file, and the table that they are loaded into. */
export function CsvField(props: { value: SourceDraft; onChange: (value: SourceDraft) => void }) {
  const { t } = useTranslationRef(mlModelsTemplateTranslationRef);
  const inputId = useId();
  const [isTooLarge, setIsTooLarge] = useState(false);
  const { value, onChange } = props;
  const readFile = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.item(0);
    event.target.value = '';
    if (!file) return;
    setIsTooLarge(file.size > maxFileBytes);
    const named = file.name.replace(/\.[^.]*$/, '').replace(/[^A-Za-z0-9_]+/g, '_');
    if (file.size <= maxFileBytes) onChange({ ...value, csv: await file.text(), table: value.table || named });
  };
  return (
    <>
      <TextField
        required
        multiline
        minRows={5}
        maxRows={12}
        label={t('source.csv')}
        helperText={t('source.csvHint')}
        value={value.csv ?? ''}
        onChange={event => onChange({ ...value, csv: event.target.value })}
        InputLabelProps={{ shrink: true }}
        inputProps={{ spellCheck: false, style: { fontFamily: 'var(--bui-font-monospace)', fontSize: 13 } }}
      />
      <div>
        <Button component="label" htmlFor={inputId} size="small" variant="outlined">
          {t('source.file')}
        </Button>
        <input
          id={inputId}
          type="file"
          accept=".csv,text/csv"
          onChange={event => void readFile(event)}
          style={{ position: 'absolute', width: 1, height: 1, opacity: 0 }}
        />
      </div>
      {isTooLarge && <Alert severity="error">{t('source.fileTooLarge')}</Alert>}
      <TextField
        required
        label={t('source.newTable')}
        helperText={t('source.newTableHint')}
        value={value.table ?? ''}
        onChange={event => onChange({ ...value, table: event.target.value })}
        InputLabelProps={{ shrink: true }}
      />
    </>
  );
}
