import type { PlanWarning } from '@leitstand/plugin-operations-common';
import Alert from '@mui/material/Alert';
import Stack from '@mui/material/Stack';

/** What to know before saying yes; the grave ones first. */
export function PlanWarnings(props: { warnings: PlanWarning[] }) {
  const grave = props.warnings.filter(warning => warning.severity === 'warning');
  const others = props.warnings.filter(warning => warning.severity !== 'warning');
  return (
    <Stack spacing={1}>
      {[...grave, ...others].map(warning => (
        <Alert key={warning.message} severity={warning.severity} role="note">
          {warning.message}
        </Alert>
      ))}
    </Stack>
  );
}
