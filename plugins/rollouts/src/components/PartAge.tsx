import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { RelativeTime } from '@leitstand/plugin-kit-react';
import type { MissingPart } from '@leitstand/plugin-rollouts-common';
import { rolloutsTranslationRef } from '../translation';

/** How old what is still shown of a part is that could not be read; nothing where nothing is shown. */
export function PartAge(props: { part: MissingPart }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const { observedAt } = props.part;
  if (observedAt === undefined) return null;
  return (
    <>
      {' '}
      {t('page.wasRead')} <RelativeTime time={observedAt} />
    </>
  );
}
