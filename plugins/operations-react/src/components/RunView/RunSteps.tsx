import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { VisuallyHidden } from '@backstage/ui';
import type { RunStep } from '@leitstand/plugin-operations-common';
import AutorenewIcon from '@mui/icons-material/Autorenew';
import CheckCircleIcon from '@mui/icons-material/CheckCircle';
import ErrorIcon from '@mui/icons-material/Error';
import HelpIcon from '@mui/icons-material/Help';
import HourglassEmptyIcon from '@mui/icons-material/HourglassEmpty';
import UndoIcon from '@mui/icons-material/Undo';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { operationsReactTranslationRef } from '../../translation';
import { Elapsed } from './Elapsed';

/** The steps of a run, each with its state, its own words on how far it is, and how long it took. */
export function RunSteps(props: {
  steps: RunStep[];
  /** Whether the run has ended: of a step that was under way then nobody knows whether it took effect. Default: false. */
  isRunFinished?: boolean;
}) {
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
        <Step key={step.key} step={step} isLost={isUnderWay(step) && props.isRunFinished === true} />
      ))}
    </Box>
  );
}

const isUnderWay = (step: RunStep) => step.state === 'started' || step.state === 'waiting';

function Step(props: { step: RunStep; isLost: boolean }) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const { title, kind, state, progress } = props.step;
  const isCompensation = kind === 'compensation';
  const isCurrent = isUnderWay(props.step) && !props.isLost;
  return (
    <Box
      component="li"
      aria-current={isCurrent ? 'step' : undefined}
      sx={{
        display: 'flex',
        gap: 1.25,
        padding: '6px 0',
        ...(isCompensation && {
          marginLeft: 1,
          paddingLeft: 1.5,
          borderLeft: 2,
          borderColor: 'warning.main',
        }),
      }}
    >
      <Box aria-hidden sx={{ display: 'flex', width: 18, justifyContent: 'center', paddingTop: '1px' }}>
        {props.isLost ? <HelpIcon color="warning" sx={{ fontSize: 18 }} /> : <StepIcon step={props.step} />}
      </Box>
      <Box sx={{ flexGrow: 1, minWidth: 0 }}>
        <Typography variant="body2" component="div" sx={{ fontWeight: isCurrent ? 600 : undefined }}>
          {isCompensation && (
            <Typography
              component="span"
              variant="caption"
              color="warning.main"
              sx={{ fontWeight: 600, marginRight: 1 }}
            >
              {t('steps.compensation')}
            </Typography>
          )}
          {title} <VisuallyHidden>{t(props.isLost ? 'stepState.lost' : `stepState.${state}`)}</VisuallyHidden>
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
        {!props.isLost && <Elapsed span={props.step} />}
      </Typography>
    </Box>
  );
}

function StepIcon(props: { step: RunStep }) {
  const { state, kind } = props.step;
  const size = { fontSize: 18 };
  switch (state) {
    case 'done':
      return kind === 'compensation' ? (
        <UndoIcon color="warning" sx={size} />
      ) : (
        <CheckCircleIcon color="success" sx={size} />
      );
    case 'failed':
      return <ErrorIcon color="error" sx={size} />;
    case 'started':
      return <AutorenewIcon color="info" sx={size} />;
    case 'waiting':
      return <HourglassEmptyIcon color="info" sx={size} />;
    default:
      throw new Error(`Unknown state ${JSON.stringify(state satisfies never)}`);
  }
}
