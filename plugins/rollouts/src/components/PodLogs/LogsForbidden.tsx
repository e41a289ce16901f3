import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EmptyState } from '@leitstand/plugin-kit-react';
import LockOutlinedIcon from '@mui/icons-material/LockOutlined';
import { rolloutsTranslationRef } from '../../translation';

/** Says that logs are content, and who may read them. */
export function LogsForbidden() {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  return (
    <EmptyState
      icon={<LockOutlinedIcon color="secondary" />}
      title={t('log.forbidden')}
      advice={t('log.forbiddenAdvice')}
    />
  );
}
