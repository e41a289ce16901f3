import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Features, Model } from '@leitstand/plugin-ml-models-common';
import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import TextField from '@mui/material/TextField';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import type { Question, ReadQuestion } from '../../model/question';
import { mlModelsTranslationRef } from '../../translation';
import { AskBar } from './AskBar';
import { FeatureField } from './FeatureField';
import { TableField } from './TableField';

/** The question: one row by fields or many by a table, whether to explain, and what it will bill. */
export function QuestionForm(props: {
  model: Model;
  /** Undefined until, or where, they are not known. */
  features: Features | undefined;
  isBinary: boolean;
  question: Question;
  read: ReadQuestion;
  isAsking: boolean;
  onChange: (change: Partial<Question>) => void;
  onAsk: () => void;
}) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { model, features, question, read, onChange } = props;
  return (
    <Box
      component="form"
      aria-label={t('predict.question')}
      noValidate
      onSubmit={event => {
        event.preventDefault();
        props.onAsk();
      }}
      sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0, 1fr)' }}
    >
      <ToggleButtonGroup
        exclusive
        size="small"
        aria-label={t('predict.mode')}
        value={question.mode}
        onChange={(_, mode: Question['mode'] | null) => mode && onChange({ mode })}
      >
        <ToggleButton value="one">{t('predict.one')}</ToggleButton>
        <ToggleButton value="many">{t('predict.many')}</ToggleButton>
      </ToggleButtonGroup>
      {question.mode === 'one' ? (
        <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'repeat(auto-fill, minmax(210px, 1fr))' }}>
          {model.features.map(feature => (
            <FeatureField
              key={feature.name}
              feature={feature}
              statistics={features?.features.find(({ name }) => name === feature.name)}
              value={question.values[feature.name] ?? ''}
              onChange={value => onChange({ values: { ...question.values, [feature.name]: value } })}
            />
          ))}
        </Box>
      ) : (
        <TableField
          features={model.features}
          text={question.table}
          table={read.table}
          onChange={table => onChange({ table })}
        />
      )}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'center' }}>
        <FormControlLabel
          control={
            <Checkbox
              size="small"
              checked={question.isExplained}
              onChange={event => onChange({ isExplained: event.target.checked })}
            />
          }
          label={t('predict.explain')}
        />
        {props.isBinary && <ThresholdField question={question} onChange={onChange} />}
      </Box>
      <AskBar model={model} question={question} read={read} isAsking={props.isAsking} />
    </Box>
  );
}

function ThresholdField(props: { question: Question; onChange: (change: Partial<Question>) => void }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { question, onChange } = props;
  const change = (text: string) => {
    const threshold = Number(text);
    onChange({ threshold: text !== '' && threshold >= 0 && threshold <= 1 ? threshold : undefined });
  };
  return (
    <TextField
      type="number"
      size="small"
      label={t('predict.threshold')}
      value={question.threshold ?? ''}
      placeholder={t('predict.thresholdDefault')}
      onChange={event => change(event.target.value)}
      inputProps={{ min: 0, max: 1, step: 0.05 }}
      InputLabelProps={{ shrink: true }}
      sx={{ width: 150 }}
    />
  );
}
