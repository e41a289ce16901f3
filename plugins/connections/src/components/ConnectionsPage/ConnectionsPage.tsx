import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EmptyState, PageFrame, type ConnectionSource } from '@leitstand/plugin-kit-react';
import { connectionsTranslationRef } from '../../translation';
import { SourceSection } from './SourceSection';

/** The upstreams of all areas, each area's by itself: one that fails leaves the others standing. */
export function ConnectionsPage(props: { sources: ConnectionSource[] }) {
  const { t } = useTranslationRef(connectionsTranslationRef);
  return (
    <PageFrame gap={3}>
      {props.sources.length === 0 && <EmptyState title={t('page.noSource')} advice={t('page.noSourceAdvice')} />}
      {props.sources.map(source => (
        <SourceSection key={source.pluginId} source={source} />
      ))}
    </PageFrame>
  );
}
