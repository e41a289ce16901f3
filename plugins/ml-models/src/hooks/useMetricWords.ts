import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useMemo } from 'react';
import { isMetricWithWords } from '../messages/metricMessages';
import { metricsTranslationRef } from '../translation';

/** What metrics are called, and what they mean. */
export interface MetricWords {
  /** One that the portal has no words for keeps its own name. */
  nameOf(metric: string): string;
  meaningOf(metric: string): string | undefined;
}

/** The words for metrics of `ML.EVALUATE` in the person's language. */
export function useMetricWords(): MetricWords {
  const { t } = useTranslationRef(metricsTranslationRef);
  return useMemo(
    () => ({
      nameOf: metric => (isMetricWithWords(metric) ? t(`${metric}.name`) : metric),
      meaningOf: metric => (isMetricWithWords(metric) ? t(`${metric}.meaning`) : undefined),
    }),
    [t],
  );
}
