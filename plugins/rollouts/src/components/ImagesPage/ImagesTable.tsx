import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { StatusChip } from '@leitstand/plugin-kit-react';
import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { Fragment } from 'react';
import { fleetTranslationRef } from '../../fleetTranslation';
import type { DescribedImage } from '../../model/describeImages';
import { workloadKey } from '../../model/FleetPages';
import { useFleetLink, useWorkloadLink } from '../../routes';

/** Workloads named per version; the others are on the fleet page. */
const maxWorkloadCount = 6;

/** One block an image, one row a version. */
export function ImagesTable(props: { images: DescribedImage[] }) {
  const { t } = useTranslationRef(fleetTranslationRef);
  return (
    <TableContainer>
      <Table aria-label={t('images.title')} sx={{ tableLayout: 'fixed', minWidth: 760 }}>
        <TableHead>
          <TableRow>
            <TableCell width="34%">{t('images.image')}</TableCell>
            <TableCell width="18%">{t('images.version')}</TableCell>
            <TableCell>{t('images.where')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {props.images.map(image => (
            <Fragment key={image.repository}>
              {image.versions.map((version, index) => (
                <TableRow key={version.version}>
                  {index === 0 && <ImageCell image={image} />}
                  <TableCell sx={{ fontFamily: 'var(--bui-font-monospace)', overflowWrap: 'anywhere' }}>
                    {version.version || t('images.noVersion')}
                  </TableCell>
                  <WorkloadsCell repository={image.repository} version={version} />
                </TableRow>
              ))}
            </Fragment>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

function ImageCell(props: { image: DescribedImage }) {
  const { t } = useTranslationRef(fleetTranslationRef);
  const { repository, versions, spread } = props.image;
  return (
    <TableCell component="th" scope="rowgroup" rowSpan={versions.length}>
      <Box sx={{ fontFamily: 'var(--bui-font-monospace)', fontWeight: 500, overflowWrap: 'anywhere' }}>
        {repository}
      </Box>
      {spread === 'between-clusters' && <StatusChip tone="warning" label={t('images.differsBetweenClusters')} />}
      {spread === 'within-cluster' && <StatusChip tone="info" label={t('images.differsWithinCluster')} />}
    </TableCell>
  );
}

function WorkloadsCell(props: { repository: string; version: DescribedImage['versions'][number] }) {
  const { t } = useTranslationRef(fleetTranslationRef);
  const workloadLink = useWorkloadLink();
  const fleetLink = useFleetLink();
  const { version, workloads } = props.version;
  const hiddenCount = workloads.length - maxWorkloadCount;
  return (
    <TableCell>
      <Box component="ul" sx={{ listStyle: 'none', margin: 0, padding: 0, display: 'grid', gap: 0.25 }}>
        {workloads.slice(0, maxWorkloadCount).map(workload => (
          <Box component="li" key={workloadKey(workload)} sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 0.5 }}>
            <Box component="span" sx={{ color: 'text.secondary' }}>
              {t('images.place', { cluster: workload.cluster, namespace: workload.namespace })}
            </Box>
            <Link to={workloadLink(workload.entityRef)}>{workload.name}</Link>
          </Box>
        ))}
        {hiddenCount > 0 && (
          <li>
            <Link to={fleetLink({ text: imageName(props.repository, version) })}>
              {t('images.more', { count: hiddenCount })}
            </Link>
          </li>
        )}
      </Box>
    </TableCell>
  );
}

function imageName(repository: string, version: string): string {
  if (!version) return repository;
  return `${repository}${/^sha\d+:/.test(version) ? '@' : ':'}${version}`;
}
