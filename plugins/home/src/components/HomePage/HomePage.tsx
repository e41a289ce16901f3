import type { HomeCardPlacement } from '@leitstand/plugin-kit-react';
import Box from '@mui/material/Box';
import type { ReactElement } from 'react';

/** A card that an area put on the page. */
export interface PlacedCard extends HomeCardPlacement {
  /** The extension's id. */
  id: string;
  element: ReactElement;
}

/** Two columns of cards, one on narrow screens; where all cards stand in one column, it has the whole width. */
export function HomePage(props: { cards: PlacedCard[] }) {
  const columns = (['main', 'side'] as const)
    .map(column => props.cards.filter(card => card.column === column).sort((a, b) => a.order - b.order))
    .filter(cards => cards.length > 0);
  const wide = columns.length === 2 ? 'minmax(0, 2fr) minmax(0, 1fr)' : 'minmax(0, 1fr)';
  return (
    <Box
      sx={{
        display: 'grid',
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: wide },
        gap: 2,
        padding: 'var(--bui-space-5)',
        paddingTop: 0,
        alignItems: 'start',
      }}
    >
      {columns.map(cards => (
        <Box key={cards[0].column} sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 2 }}>
          {cards.map(card => (
            <div key={card.id}>{card.element}</div>
          ))}
        </Box>
      ))}
    </Box>
  );
}
