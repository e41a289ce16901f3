import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Workload } from '@leitstand/plugin-rollouts-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { rolloutsTranslationRef } from '../../translation';
import { PartAge } from '../PartAge';

/** Says which parts of the page are not there, and why; nothing where all are. */
export function MissingParts(props: { missing: Workload['missing'] }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  if (props.missing.length === 0) return null;
  return (
    <Alert severity="info" role="note">
      {t('page.missing')}
      <Box component="ul" sx={{ margin: 0, paddingLeft: 2.5 }}>
        {props.missing.map(part => (
          <li key={part.what}>
            {t('page.missingPart', { what: part.what, reason: part.reason })}
            <PartAge part={part} />
          </li>
        ))}
      </Box>
    </Alert>
  );
}
