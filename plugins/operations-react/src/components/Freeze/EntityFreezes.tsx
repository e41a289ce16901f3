import Stack from '@mui/material/Stack';
import { useEntityFreezes } from '../../hooks/useEntityFreezes';
import { FreezeNote } from './FreezeNote';

/** The freezes that concern an entity, now or later; nothing where there are none or nobody knows. */
export function EntityFreezes(props: {
  entityRef: string;
  /** Leaves out those that are only planned. Default: false. */
  isActiveOnly?: boolean;
}) {
  const { value } = useEntityFreezes(props.entityRef);
  const freezes = value?.filter(freeze => !props.isActiveOnly || freeze.state === 'active') ?? [];
  if (freezes.length === 0) return null;
  return (
    <Stack spacing={1}>
      {freezes.map(freeze => (
        <FreezeNote key={freeze.id} freeze={freeze} />
      ))}
    </Stack>
  );
}
