import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { FilterBar, FilterSelect } from '@leitstand/plugin-kit-react';
import type { UsageReport } from '@leitstand/plugin-ml-models-common';
import { isJobState, jobFilterFormat, jobStates, type JobFilter } from '../../model/jobFilter';
import { mlModelsTranslationRef } from '../../translation';

/** Month, user, model and state. */
export function JobsFilterBar(props: {
  filter: JobFilter;
  usage: UsageReport | undefined;
  /** That can be chosen, newest first. */
  months: string[];
  onChange: (filter: JobFilter) => void;
}) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { filter, usage, months, onChange } = props;
  return (
    <FilterBar onClear={jobFilterFormat.format(filter).size > 0 ? () => onChange({}) : undefined}>
      <FilterSelect
        label={t('filter.month')}
        anyLabel={t('filter.thisMonth')}
        value={filter.month}
        options={months}
        onChange={month => onChange({ ...filter, month })}
      />
      <FilterSelect
        label={t('filter.user')}
        anyLabel={t('filter.anyUser')}
        value={filter.user}
        options={usage?.byUser.map(({ key }) => key) ?? []}
        onChange={user => onChange({ ...filter, user })}
      />
      <FilterSelect
        label={t('filter.model')}
        anyLabel={t('filter.anyModel')}
        value={filter.model}
        options={usage?.byModel.map(({ key }) => key) ?? []}
        onChange={model => onChange({ ...filter, model })}
      />
      <FilterSelect
        label={t('filter.state')}
        anyLabel={t('filter.anyState')}
        value={filter.state}
        options={jobStates}
        nameOf={state => (isJobState(state) ? t(`job.states.${state}`) : state)}
        onChange={state => onChange({ ...filter, state: isJobState(state) ? state : undefined })}
      />
    </FilterBar>
  );
}
