import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { FilterBar, FilterSelect, FilterText } from '@leitstand/plugin-kit-react';
import type { ModelList } from '@leitstand/plugin-ml-models-common';
import Typography from '@mui/material/Typography';
import { datasetName } from '../../model/datasetName';
import { modelFilterFormat, type ModelFilter } from '../../model/modelFilter';
import { mlModelsTranslationRef } from '../../translation';

/** Text, type and dataset; and how many models fit. */
export function ModelsFilterBar(props: {
  filter: ModelFilter;
  list: ModelList | undefined;
  onChange: (filter: ModelFilter) => void;
}) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { filter, list, onChange } = props;
  return (
    <FilterBar
      onClear={modelFilterFormat.format(filter).size > 0 ? () => onChange({}) : undefined}
      note={
        list && (
          <Typography role="status" variant="body2" color="text.secondary" sx={{ marginLeft: 'auto' }}>
            {t(list.nextCursor === undefined ? 'list.count' : 'list.countMore', { count: list.items.length })}
          </Typography>
        )
      }
    >
      <FilterText label={t('filter.text')} value={filter.text} onChange={text => onChange({ ...filter, text })} />
      <FilterSelect
        label={t('filter.type')}
        anyLabel={t('filter.anyType')}
        value={filter.type}
        options={list?.facets.types ?? []}
        onChange={type => onChange({ ...filter, type })}
      />
      <FilterSelect
        label={t('filter.dataset')}
        anyLabel={t('filter.anyDataset')}
        value={filter.dataset}
        options={list?.facets.datasets.map(datasetName) ?? []}
        onChange={dataset => onChange({ ...filter, dataset })}
      />
    </FilterBar>
  );
}
