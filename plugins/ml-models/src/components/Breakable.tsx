import { Fragment } from 'react';

/** A long name, broken where it has parts (`project.dataset.model`, an address of mail) if there is no room for the whole. */
export function Breakable(props: { text: string }) {
  return (
    <>
      {props.text.split(/(?<=[@._])/).map((part, index) => (
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </>
  );
}
