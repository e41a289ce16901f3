import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { FilterBar, FilterCheckbox, FilterSelect, FilterText } from '@leitstand/plugin-kit-react';
import { workloadKindSchema, type WorkloadList } from '@leitstand/plugin-rollouts-common';
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
    <FilterBar onClear={formatFleetFilter(filter).size > 0 ? () => onChange({}) : undefined}>
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
      <FilterCheckbox
        label={t('filter.problems')}
        value={filter.isProblemsOnly}
        onChange={isProblemsOnly => onChange({ ...filter, isProblemsOnly })}
      />
    </FilterBar>
  );
}
