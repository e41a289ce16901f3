import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import TextField from '@mui/material/TextField';
import { TextFileButton } from '../../components/TextFileButton';
import type { SourceDraft } from '../model/drafts';
import { mlModelsTemplateTranslationRef } from '../templateTranslation';

/** Rows, pasted or from a file, and the table that they are loaded into. */
export function CsvField(props: { value: SourceDraft; onChange: (value: SourceDraft) => void }) {
  const { t } = useTranslationRef(mlModelsTemplateTranslationRef);
  const { value, onChange } = props;
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
      <TextFileButton
        label={t('source.file')}
        tooLarge={t('source.fileTooLarge')}
        accept=".csv,text/csv"
        onRead={(csv, fileName) => onChange({ ...value, csv, table: value.table || tableNameOf(fileName) })}
      />
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

/** A table's name from a file's: without its ending, and with what BigQuery takes. */
function tableNameOf(fileName: string): string {
  return fileName.replace(/\.[^.]*$/, '').replace(/[^A-Za-z0-9_]+/g, '_');
}
