import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EmptyState, formatBytes, formatCpu, QuantityBar, useLocale } from '@leitstand/plugin-kit-react';
import type { ContainerResources } from '@leitstand/plugin-rollouts-common';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { rolloutsTranslationRef } from '../../translation';

/** What each container uses, asks for and may use at most. */
export function ResourcesTable(props: { resources: ContainerResources[] }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const locale = useLocale();
  if (props.resources.length === 0) {
    return <EmptyState title={t('resource.empty')} advice={t('resource.emptyAdvice')} />;
  }
  return (
    <TableContainer>
      <Table aria-label={t('resource.title')} sx={{ minWidth: 520 }}>
        <TableHead>
          <TableRow>
            <TableCell width="24%">{t('resource.container')}</TableCell>
            <TableCell>{t('resource.cpu')}</TableCell>
            <TableCell>{t('resource.memory')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {props.resources.map(({ container, usage, requests, limits }) => (
            <TableRow key={container}>
              <TableCell sx={{ overflowWrap: 'anywhere' }}>{container}</TableCell>
              <TableCell>
                <QuantityBar
                  usage={usage?.cpuCores}
                  request={requests.cpuCores}
                  limit={limits.cpuCores}
                  format={cores => formatCpu(cores, locale)}
                />
              </TableCell>
              <TableCell>
                <QuantityBar
                  usage={usage?.memoryBytes}
                  request={requests.memoryBytes}
                  limit={limits.memoryBytes}
                  format={sizeBytes => formatBytes(sizeBytes, locale)}
                />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
