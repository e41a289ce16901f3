import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { usePermission } from '@backstage/plugin-permission-react';
import { portalHealthReadPermission } from '@leitstand/plugin-connections-common';
import { CountedIcon } from '@leitstand/plugin-kit-react';
import SettingsInputComponentOutlinedIcon from '@mui/icons-material/SettingsInputComponentOutlined';
import { usePortalHealth } from '../../hooks/usePortalHealth';
import { countProblems } from '../../model/portalHealth';
import { connectionsTranslationRef } from '../../translation';

const icon = <SettingsInputComponentOutlinedIcon fontSize="inherit" />;

/** The area's icon in the navigation, with how many areas of the portal are not well, for those who may know it. */
export function ConnectionsIcon() {
  const { allowed } = usePermission({ permission: portalHealthReadPermission });
  return allowed ? <CountingIcon /> : icon;
}

function CountingIcon() {
  const { t } = useTranslationRef(connectionsTranslationRef);
  const { value } = usePortalHealth();
  const count = value ? countProblems(value) : 0;
  return (
    <CountedIcon count={count} meaning={t('health.badge', { count })}>
      {icon}
    </CountedIcon>
  );
}
