import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { VisuallyHidden } from '@backstage/ui';
import type { RunStep, StepState } from '@leitstand/plugin-operations-common';
import AutorenewIcon from '@mui/icons-material/Autorenew';
import CheckCircleIcon from '@mui/icons-material/CheckCircle';
import ErrorIcon from '@mui/icons-material/Error';
import RadioButtonUncheckedIcon from '@mui/icons-material/RadioButtonUnchecked';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { operationsReactTranslationRef } from '../../translation';
import { Elapsed } from './Elapsed';

/** The steps of a run, each with its state, its own words on how far it is, and how long it took. */
export function RunSteps(props: { steps: RunStep[] }) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  if (props.steps.length === 0) {
    return (
      <Typography variant="body2" color="text.secondary">
        {t('steps.none')}
      </Typography>
    );
  }
  return (
    <Box component="ol" aria-label={t('steps.label')} sx={{ listStyle: 'none', margin: 0, padding: 0 }}>
      {props.steps.map(step => (
        <Step key={step.key} step={step} />
      ))}
    </Box>
  );
}

function Step(props: { step: RunStep }) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const { title, state, progress } = props.step;
  return (
    <Box
      component="li"
      aria-current={state === 'started' ? 'step' : undefined}
      sx={{
        display: 'flex',
        gap: 1.25,
        padding: '6px 0',
        color: state === 'waiting' ? 'text.secondary' : 'text.primary',
      }}
    >
      <Box aria-hidden sx={{ display: 'flex', width: 18, justifyContent: 'center', paddingTop: '1px' }}>
        <StepIcon state={state} />
      </Box>
      <Box sx={{ flexGrow: 1, minWidth: 0 }}>
        <Typography variant="body2" component="div" sx={{ fontWeight: state === 'started' ? 600 : undefined }}>
          {title}
          <VisuallyHidden>{t(`stepState.${state}`)}</VisuallyHidden>
        </Typography>
        {progress && (
          <Typography variant="body2" color="text.secondary" sx={{ overflowWrap: 'anywhere' }}>
            {progress}
          </Typography>
        )}
      </Box>
      <Typography
        variant="caption"
        color="text.secondary"
        sx={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}
      >
        {state !== 'waiting' && <Elapsed span={props.step} />}
      </Typography>
    </Box>
  );
}

function StepIcon(props: { state: StepState }) {
  switch (props.state) {
    case 'done':
      return <CheckCircleIcon color="success" sx={{ fontSize: 18 }} />;
    case 'failed':
      return <ErrorIcon color="error" sx={{ fontSize: 18 }} />;
    case 'started':
      return <AutorenewIcon color="info" sx={{ fontSize: 18 }} />;
    case 'waiting':
      return <RadioButtonUncheckedIcon color="disabled" sx={{ fontSize: 18 }} />;
    default:
      throw new Error(`Unknown state ${JSON.stringify(props.state satisfies never)}`);
  }
}
