import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Column } from '@leitstand/plugin-ml-models-common';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { maxRowCount, type ReadTable } from '../../model/readTable';
import { mlModelsTranslationRef } from '../../translation';
import { TextFileButton } from '../TextFileButton';
import { TablePreview } from './TablePreview';

/** Rows to ask about, pasted or from a file, with a preview that marks what is wrong. */
export function TableField(props: {
  features: Column[];
  text: string;
  table: ReadTable | undefined;
  onChange: (text: string) => void;
}) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { features, text, table, onChange } = props;
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
      <TextFileButton
        label={t('predict.file')}
        tooLarge={t('predict.fileTooLarge')}
        accept=".csv,.tsv,.txt,text/csv,text/plain"
        onRead={onChange}
      />
      {table && text.trim() !== '' && <TablePreview features={features} table={table} />}
    </Stack>
  );
}
