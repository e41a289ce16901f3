import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EmptyState } from '@leitstand/plugin-kit-react';
import type { Cluster } from '@leitstand/plugin-rollouts-common';
import CheckCircleOutlineIcon from '@mui/icons-material/CheckCircleOutline';
import Alert from '@mui/material/Alert';
import Stack from '@mui/material/Stack';
import { clusterTranslationRef } from '../../clusterTranslation';
import { PartAge } from '../PartAge';

/** What is wrong with nodes, and what could not be read. */
export function ClusterProblems(props: { cluster: Cluster }) {
  const { t } = useTranslationRef(clusterTranslationRef);
  const { nodeList, missing } = props.cluster;
  const problems = nodeList.flatMap(({ name, isReady, problems: words }) =>
    words.map(problem => ({ text: t('problem.node', { node: name, problem }), isSevere: !isReady })),
  );
  if (problems.length + missing.length === 0) {
    return (
      <EmptyState
        icon={<CheckCircleOutlineIcon color="success" />}
        title={t('problem.none')}
        advice={t('problem.noneAdvice')}
      />
    );
  }
  return (
    <Stack spacing={1} sx={{ padding: 1 }}>
      {problems.map(({ text, isSevere }) => (
        <Alert key={text} severity={isSevere ? 'error' : 'warning'} role="note">
          {text}
        </Alert>
      ))}
      {missing.map(part => (
        <Alert key={part.what} severity="info" role="note" sx={{ overflowWrap: 'anywhere' }}>
          {t('problem.missing', { what: part.what, reason: part.reason })}
          <PartAge part={part} />
        </Alert>
      ))}
    </Stack>
  );
}
