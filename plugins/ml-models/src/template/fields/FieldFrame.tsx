import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useId, type ReactNode } from 'react';

/** A field of a template that is made of several: its title, what it means, and its parts. */
export function FieldFrame(props: { title?: string; description?: string; children: ReactNode }) {
  const titleId = useId();
  return (
    <Stack role="group" aria-labelledby={titleId} spacing={2} sx={{ paddingTop: 1, paddingBottom: 1, minWidth: 0 }}>
      <div>
        <Typography id={titleId} variant="subtitle1" component="h3">
          {props.title}
        </Typography>
        {props.description && (
          <Typography variant="body2" color="text.secondary">
            {props.description}
          </Typography>
        )}
      </div>
      {props.children}
    </Stack>
  );
}
