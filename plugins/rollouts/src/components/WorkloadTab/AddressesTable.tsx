import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EmptyState, StatusChip } from '@leitstand/plugin-kit-react';
import type { Address } from '@leitstand/plugin-rollouts-common';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { rolloutsTranslationRef } from '../../translation';
import { Cut } from '../Cut';

/** Where the workload can be reached, by whom, and whether anything answers there. */
export function AddressesTable(props: { addresses: Address[] }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  if (props.addresses.length === 0) return <EmptyState title={t('address.empty')} advice={t('address.emptyAdvice')} />;
  return (
    <TableContainer>
      <Table aria-label={t('address.title')} sx={{ tableLayout: 'fixed', minWidth: 640 }}>
        <TableHead>
          <TableRow>
            <TableCell>{t('address.address')}</TableCell>
            <TableCell width="24%">{t('address.source')}</TableCell>
            <TableCell width="24%">{t('address.reach')}</TableCell>
            <TableCell width={180}>{t('address.answers')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {props.addresses.map(({ address, source, reach, hasReadyEndpoints }) => (
            <TableRow key={`${address} ${source}`}>
              <TableCell>
                <AddressText address={address} isLink={reach !== 'cluster' && isWebAddress(address)} />
              </TableCell>
              <TableCell>
                <Cut text={source} isCode />
              </TableCell>
              <TableCell>{t(`address.reachOf.${reach}`)}</TableCell>
              <TableCell>
                <StatusChip
                  tone={hasReadyEndpoints ? 'ok' : 'error'}
                  label={t(hasReadyEndpoints ? 'address.ready' : 'address.notReady')}
                />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

function AddressText(props: { address: string; isLink: boolean }) {
  const { address, isLink } = props;
  if (!isLink) return <Cut text={address} isCode />;
  return (
    <Link to={address}>
      <Cut text={address} />
    </Link>
  );
}

/** Whether a browser can follow it: an address comes from the cluster and may be of any form. */
function isWebAddress(address: string): boolean {
  return /^https?:\/\//i.test(address);
}
