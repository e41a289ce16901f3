import { formatAbsoluteTime, RelativeTime, useLocale } from '@leitstand/plugin-kit-react';
import Box from '@mui/material/Box';

/** A point in time with its zone, and its distance to now. */
export function ExactTime(props: {
  /** ISO 8601. */
  time: string;
}) {
  const locale = useLocale();
  return (
    <>
      {formatAbsoluteTime(new Date(props.time), { locale })}{' '}
      <Box component="span" sx={{ color: 'text.secondary', whiteSpace: 'nowrap' }}>
        {'· '}
        <RelativeTime time={props.time} />
      </Box>
    </>
  );
}
