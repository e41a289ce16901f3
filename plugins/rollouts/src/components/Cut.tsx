import Box from '@mui/material/Box';

/** A text in one line that is cut when there is no room; whole in its title. */
export function Cut(props: { text: string; isCode?: boolean }) {
  return (
    <Box
      component="span"
      title={props.text}
      sx={{
        display: 'block',
        overflow: 'hidden',
        textOverflow: 'ellipsis',
        whiteSpace: 'nowrap',
        ...(props.isCode && { fontFamily: 'var(--bui-font-monospace)', fontSize: 12 }),
      }}
    >
      {props.text}
    </Box>
  );
}
