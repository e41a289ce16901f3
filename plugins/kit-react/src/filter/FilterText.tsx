import TextField from '@mui/material/TextField';
import { useEffect, useRef, useState } from 'react';

/** Pause in typing after which the filter follows, in milliseconds. */
const pauseMs = 250;

interface Draft {
  text: string;
  /** The value that the draft began from, or that it has led to. */
  of: string;
  /** What was told to the page and has not come back as its value yet. */
  handedOn: readonly string[];
}

/**
 * Another value from outside, for example "Clear filters" or the browser's Back, replaces what was typed. One that was
 * typed here does not: since then the reader may have typed on.
 */
function follow({ text, handedOn }: Draft, value: string): Draft {
  const index = handedOn.indexOf(value);
  return index === -1
    ? { text: value, of: value, handedOn: [] }
    : { text, of: value, handedOn: handedOn.slice(index + 1) };
}

/** A text filter: what is typed counts after a short pause, at once with Enter. */
export function FilterText(props: {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}) {
  const { value = '', onChange } = props;
  const [draft, setDraft] = useState<Draft>({ text: value, of: value, handedOn: [] });
  if (draft.of !== value) setDraft(follow(draft, value));
  const { text } = draft;
  const handOn = () => {
    setDraft(({ handedOn, ...rest }) => ({ ...rest, handedOn: [...handedOn, text] }));
    onChange(text || undefined);
  };
  // The newest function, without starting the pause anew at each rendering.
  const latest = useRef(handOn);
  useEffect(() => {
    latest.current = handOn;
  });
  useEffect(() => {
    if (text === value) return undefined;
    const timer = setTimeout(() => latest.current(), pauseMs);
    return () => clearTimeout(timer);
  }, [text, value]);
  return (
    <TextField
      type="search"
      size="small"
      label={props.label}
      value={text}
      onChange={({ target }) => setDraft(previous => ({ ...previous, text: target.value }))}
      onKeyDown={event => {
        if (event.key === 'Enter') handOn();
      }}
      InputLabelProps={{ shrink: true }}
      sx={{ minWidth: 240 }}
    />
  );
}
