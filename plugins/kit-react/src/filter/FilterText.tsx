import TextField from '@mui/material/TextField';
import { useEffect, useRef, useState } from 'react';

/** Pause in typing after which the filter follows, in milliseconds. */
const pauseMs = 250;

/** A text filter: what is typed counts after a short pause, at once with Enter. */
export function FilterText(props: {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}) {
  const { value = '', onChange } = props;
  const [draft, setDraft] = useState({ text: value, of: value });
  // Another value from outside, for example "Clear filters" or the browser's Back, replaces what was typed.
  if (draft.of !== value) setDraft({ text: value, of: value });
  const { text } = draft;
  // The newest function, without starting the pause anew at each rendering.
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });
  useEffect(() => {
    if (text === value) return undefined;
    const timer = setTimeout(() => latest.current(text || undefined), pauseMs);
    return () => clearTimeout(timer);
  }, [text, value]);
  return (
    <TextField
      type="search"
      size="small"
      label={props.label}
      value={text}
      onChange={event => setDraft({ text: event.target.value, of: value })}
      onKeyDown={event => {
        if (event.key === 'Enter') onChange(text || undefined);
      }}
      InputLabelProps={{ shrink: true }}
      sx={{ minWidth: 240 }}
    />
  );
}
