import Box from '@mui/material/Box';
import { splitImage } from '../model/revisions';

/** An image in one line; when there is no room the name is cut, never the tag or digest, which tells two images apart. */
export function ImageName(props: { image: string }) {
  const { name, version } = splitImage(props.image);
  return (
    <Box
      component="span"
      title={props.image}
      sx={{
        display: 'inline-flex',
        maxWidth: '100%',
        fontFamily: 'var(--bui-font-monospace)',
        fontSize: 12,
        verticalAlign: 'bottom',
      }}
    >
      <Box
        component="span"
        sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', color: 'text.secondary' }}
      >
        {name}
      </Box>
      <Box
        component="span"
        sx={{
          flexShrink: 0,
          maxWidth: 180,
          overflow: 'hidden',
          textOverflow: 'ellipsis',
          whiteSpace: 'nowrap',
          fontWeight: 600,
        }}
      >
        {version}
      </Box>
    </Box>
  );
}
