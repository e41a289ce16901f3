import { VisuallyHidden } from '@backstage/ui';
import Badge from '@mui/material/Badge';
import Box from '@mui/material/Box';
import type { ReactNode } from 'react';

const maxShown = 99;

/**
 * An icon of the navigation with a number at its corner; none for zero. The number is drawn by style: the navigation names
 * its links itself, and visible text that is not in the name would mislead who speaks to the page.
 */
export function CountedIcon(props: {
  count: number;
  /** What the number means, for those who do not see it. */
  meaning: string;
  children: ReactNode;
}) {
  const { count, meaning, children } = props;
  const shown = count > maxShown ? `${maxShown}+` : String(count);
  return (
    <>
      <Badge
        badgeContent={<Box component="span" sx={{ '&::before': { content: `"${shown}"` } }} />}
        invisible={count === 0}
        color="error"
        aria-hidden
        sx={{ '& [class*=MuiBadge-badge]': { height: 15, minWidth: 15, padding: '0 4px', fontSize: 10 } }}
      >
        {children}
      </Badge>
      <VisuallyHidden role="status">{count > 0 && meaning}</VisuallyHidden>
    </>
  );
}
