import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { workloadKindSchema, type WorkloadList } from '@leitstand/plugin-rollouts-common';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import { FilterSelect, FilterText } from '@leitstand/plugin-kit-react';
import { fleetTranslationRef } from '../../fleetTranslation';
import { formatFleetFilter, type FleetFilter } from '../../model/fleetFilter';

/** Text, cluster, namespace, kind, and "problems only". */
export function FleetFilterBar(props: {
  filter: FleetFilter;
  list: WorkloadList | undefined;
  onChange: (filter: FleetFilter) => void;
}) {
  const { t } = useTranslationRef(fleetTranslationRef);
  const { filter, list, onChange } = props;
  return (
    <Box
      role="group"
      aria-label={t('filter.label')}
      sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'center', paddingTop: 1 }}
    >
      <FilterText label={t('filter.text')} value={filter.text} onChange={text => onChange({ ...filter, text })} />
      <FilterSelect
        label={t('filter.cluster')}
        anyLabel={t('filter.anyCluster')}
        value={filter.cluster}
        options={list?.clusters.map(({ cluster }) => cluster) ?? []}
        onChange={cluster => onChange({ ...filter, cluster })}
      />
      <FilterSelect
        label={t('filter.namespace')}
        anyLabel={t('filter.anyNamespace')}
        value={filter.namespace}
        options={list?.namespaces ?? []}
        onChange={namespace => onChange({ ...filter, namespace })}
      />
      <FilterSelect
        label={t('filter.kind')}
        anyLabel={t('filter.anyKind')}
        value={filter.kind}
        options={workloadKindSchema.options}
        onChange={kind => onChange({ ...filter, kind: workloadKindSchema.safeParse(kind).data })}
      />
      <FormControlLabel
        control={
          <Checkbox
            size="small"
            checked={filter.isProblemsOnly ?? false}
            onChange={event => onChange({ ...filter, isProblemsOnly: event.target.checked || undefined })}
          />
        }
        label={t('filter.problems')}
      />
      {formatFleetFilter(filter).size > 0 && (
        <Button size="small" onClick={() => onChange({})}>
          {t('filter.clear')}
        </Button>
      )}
    </Box>
  );
}
