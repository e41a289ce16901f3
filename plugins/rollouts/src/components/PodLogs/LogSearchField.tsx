import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import KeyboardArrowDownIcon from '@mui/icons-material/KeyboardArrowDown';
import KeyboardArrowUpIcon from '@mui/icons-material/KeyboardArrowUp';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import type { KeyboardEvent } from 'react';
import type { LogSearch } from '../../hooks/useLogSearch';
import { rolloutsTranslationRef } from '../../translation';

/** Search with the number of matches; Enter goes to the next, Shift+Enter to the one before, Escape ends it. */
export function LogSearchField(props: { search: LogSearch }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const { query, setQuery, matchCount, position, step } = props.search;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
    if (event.key === 'Escape') setQuery('');
  };
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.5, flex: '1 1 340px', maxWidth: 520 }}>
      <TextField
        size="small"
        type="search"
        fullWidth
        placeholder={t('log.search')}
        inputProps={{ 'aria-label': t('log.search') }}
        value={query}
        onChange={event => setQuery(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <IconButton size="small" aria-label={t('log.previousMatch')} disabled={matchCount === 0} onClick={() => step(-1)}>
        <KeyboardArrowUpIcon fontSize="small" />
      </IconButton>
      <IconButton size="small" aria-label={t('log.nextMatch')} disabled={matchCount === 0} onClick={() => step(1)}>
        <KeyboardArrowDownIcon fontSize="small" />
      </IconButton>
      <Typography variant="caption" role="status" sx={{ whiteSpace: 'nowrap', flexShrink: 0 }}>
        {query !== '' && t('log.matches', { count: matchCount, position: String(position) })}
      </Typography>
    </Box>
  );
}
