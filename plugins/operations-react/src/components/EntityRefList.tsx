import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Fragment } from 'react';

/** Groups and users as links, in one line. */
export function EntityRefList(props: { entityRefs: string[] }) {
  return (
    <>
      {props.entityRefs.map((entityRef, index) => (
        <Fragment key={entityRef}>
          {index > 0 && ', '}
          <EntityRefLink entityRef={entityRef} defaultKind="group" hideIcon />
        </Fragment>
      ))}
    </>
  );
}
