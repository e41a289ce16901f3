import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useAvailableOperations } from '../../hooks/useAvailableOperations';
import { operationsReactTranslationRef } from '../../translation';
import { OperationButton } from './OperationButton';

/** A button for each operation that there is for an entity. Nothing where there is none. */
export function EntityOperations(props: { entityRef: string }) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const { value, error } = useAvailableOperations(props.entityRef);
  if (!value && error !== undefined) {
    return (
      <Typography variant="body2" color="text.secondary" role="status">
        {t('button.failed')}
      </Typography>
    );
  }
  return (
    <Stack direction="row" spacing={1} useFlexGap flexWrap="wrap">
      {value?.map(operation => (
        <OperationButton key={operation.operation} operation={operation} entityRef={props.entityRef} />
      ))}
    </Stack>
  );
}
