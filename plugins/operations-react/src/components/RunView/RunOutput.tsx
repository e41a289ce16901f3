import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Fact, FactList } from '@leitstand/plugin-kit-react';
import { entityRefSchema } from '@leitstand/plugin-operations-common';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { operationsReactTranslationRef } from '../../translation';

/** Names of what a run made, with links where they are addresses or entities. */
export function RunOutput(props: { output: Record<string, unknown> }) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const entries = Object.entries(props.output);
  if (entries.length === 0) return null;
  return (
    <Box sx={{ marginTop: 1.5 }}>
      <Typography variant="subtitle2" component="h3" sx={{ marginBottom: 0.5 }}>
        {t('result.output')}
      </Typography>
      <FactList>
        {entries.map(([name, value]) => (
          <Fact key={name} term={name}>
            <OutputValue value={value} />
          </Fact>
        ))}
      </FactList>
    </Box>
  );
}

function OutputValue(props: { value: unknown }) {
  const { value } = props;
  if (typeof value !== 'string') return <>{JSON.stringify(value)}</>;
  if (/^https?:\/\//.test(value)) return <Link to={value}>{value}</Link>;
  if (/^(component|resource|api|system|domain|template):/.test(value) && entityRefSchema.safeParse(value).success) {
    return <EntityRefLink entityRef={value} hideIcon />;
  }
  return <>{value}</>;
}
