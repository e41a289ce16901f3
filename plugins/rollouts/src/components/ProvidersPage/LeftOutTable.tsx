import type { ProviderStatus } from '@leitstand/plugin-kit-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { providersTranslationRef } from '../../providersTranslation';

/** What a provider left out, and why. */
export function LeftOutTable(props: Pick<ProviderStatus, 'leftOut'>) {
  const { t } = useTranslationRef(providersTranslationRef);
  return (
    <div>
      <Typography variant="subtitle2" component="h3">
        {t('leftOut.title')}
      </Typography>
      <Table size="small" aria-label={t('leftOut.title')}>
        <TableHead>
          <TableRow>
            <TableCell width="30%">{t('leftOut.what')}</TableCell>
            <TableCell width={110}>{t('leftOut.count')}</TableCell>
            <TableCell>{t('leftOut.reason')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {props.leftOut.map(({ what, count, reason }) => (
            <TableRow key={`${what} ${reason}`}>
              <TableCell sx={{ overflowWrap: 'anywhere' }}>{what}</TableCell>
              <TableCell sx={{ fontVariantNumeric: 'tabular-nums' }}>{count}</TableCell>
              <TableCell sx={{ overflowWrap: 'anywhere' }}>{reason}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
