import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Column } from '@leitstand/plugin-ml-models-common';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useId, useState, type ChangeEvent } from 'react';
import { maxRowCount, type ReadTable } from '../../model/readTable';
import { mlModelsTranslationRef } from '../../translation';
import { TablePreview } from './TablePreview';

/** Largest file that is read, in bytes. */
const maxFileBytes = 1_000_000;

/** Rows to ask about, pasted or from a file, with a preview that marks what is wrong. */
export function TableField(props: {
  features: Column[];
  text: string;
  table: ReadTable | undefined;
  onChange: (text: string) => void;
}) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const inputId = useId();
  const [isTooLarge, setIsTooLarge] = useState(false);
  const { features, text, table, onChange } = props;
  const readFile = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.item(0);
    event.target.value = '';
    if (!file) return;
    setIsTooLarge(file.size > maxFileBytes);
    if (file.size <= maxFileBytes) onChange(await file.text());
  };
  return (
    <Stack spacing={2}>
      <TextField
        multiline
        minRows={4}
        maxRows={10}
        label={t('predict.table')}
        value={text}
        onChange={event => onChange(event.target.value)}
        helperText={t('predict.tableHint', {
          columns: features.map(({ name }) => name).join(', '),
          limit: String(maxRowCount),
        })}
        InputLabelProps={{ shrink: true }}
        inputProps={{ spellCheck: false, style: { fontFamily: 'var(--bui-font-monospace)', fontSize: 12 } }}
      />
      <div>
        <Button component="label" htmlFor={inputId} size="small" variant="outlined">
          {t('predict.file')}
        </Button>
        <input
          id={inputId}
          type="file"
          accept=".csv,.tsv,.txt,text/csv,text/plain"
          onChange={event => void readFile(event)}
          style={{ position: 'absolute', width: 1, height: 1, opacity: 0 }}
        />
      </div>
      {isTooLarge && <Alert severity="error">{t('predict.fileTooLarge')}</Alert>}
      {table && text.trim() !== '' && <TablePreview features={features} table={table} />}
    </Stack>
  );
}
