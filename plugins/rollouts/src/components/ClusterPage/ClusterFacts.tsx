import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Fact, FactList } from '@leitstand/plugin-kit-react';
import type { Cluster } from '@leitstand/plugin-rollouts-common';
import Box from '@mui/material/Box';
import { clusterTranslationRef } from '../../clusterTranslation';
import { kubeletVersions } from '../../model/clusterVersions';
import { useFleetLink } from '../../routes';

/** Versions and counts. */
export function ClusterFacts(props: { cluster: Cluster }) {
  const { t } = useTranslationRef(clusterTranslationRef);
  const fleetLink = useFleetLink();
  const { name, version, nodes, nodeList, pods, workloads } = props.cluster;
  const kubelets = kubeletVersions(nodeList);
  const isMixed = kubelets.some(kubelet => kubelet.version !== version);
  return (
    <Box sx={{ padding: 2 }}>
      <FactList>
        <Fact term={t('cluster.version')}>{version ?? t('cluster.unknownVersion')}</Fact>
        {isMixed && (
          <Fact term={t('cluster.kubelets')}>
            {kubelets.map(kubelet => (
              <div key={kubelet.version}>
                {t('cluster.kubelet', { version: kubelet.version, nodes: String(kubelet.nodeCount) })}
              </div>
            ))}
          </Fact>
        )}
        <Fact term={t('cluster.nodes')}>
          {t('cluster.nodesReady', { ready: String(nodes.ready), total: String(nodes.total) })}
        </Fact>
        <Fact term={t('cluster.pods')}>
          {t('cluster.podsRunning', { running: String(pods.running), total: String(pods.total) })}
        </Fact>
        <Fact term={t('cluster.workloads')}>
          <Link to={fleetLink({ cluster: name })}>
            {workloads.problems === 0
              ? t('cluster.workloadsWell', { count: workloads.total })
              : t('cluster.workloadsBroken', {
                  problems: String(workloads.problems),
                  total: String(workloads.total),
                })}
          </Link>
        </Fact>
      </FactList>
    </Box>
  );
}
