import { PageFrame, useFilterInAddress, useNow } from '@leitstand/plugin-kit-react';
import { jobFilterFormat, lastMonths, type JobFilter } from '../../model/jobFilter';
import { useUsage } from '../../hooks/useJobs';
import { JobsFilterBar } from './JobsFilterBar';
import { JobsList } from './JobsList';
import { UsageSection } from './UsageSection';

const monthCount = 12;

/** Who and what ran how much, and what that cost: bars by user, model and month above the jobs themselves. */
export function JobsPage() {
  const [filter, setFilter] = useFilterInAddress<JobFilter>(jobFilterFormat);
  const usage = useUsage(filter.month);
  const months = lastMonths(monthCount, useNow(3_600_000));
  return (
    <PageFrame>
      <JobsFilterBar filter={filter} usage={usage.value} months={months} onChange={setFilter} />
      <UsageSection usage={usage} />
      <JobsList filter={filter} />
    </PageFrame>
  );
}
