import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Fragment } from 'react';

/** A person or a group in a sentence of the door, for example `user:default/olivia`; what ends the sentence is not part of it. */
const person = /\b((?:user|group):[\w.-]+\/[\w-]+(?:\.[\w-]+)*)/;

/** A sentence in which people and groups are links with the names that the catalogue knows them by. */
export function PeopleText(props: { text: string }) {
  // Splitting by a group puts what it matched at the odd places.
  return (
    <>
      {props.text
        .split(person)
        .map((part, index) =>
          index % 2 === 1 ? (
            <EntityRefLink key={index} entityRef={part} hideIcon />
          ) : (
            <Fragment key={index}>{part}</Fragment>
          ),
        )}
    </>
  );
}
