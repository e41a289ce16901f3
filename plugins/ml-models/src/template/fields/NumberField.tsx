import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { readNumber } from '../model/readNumber';

/** A number that may be left out; what is none stays as it was typed, and is handed on as text. */
export function NumberField(props: {
  label: string;
  placeholder?: string;
  value: number | string | undefined;
  onChange: (value: number | string | undefined) => void;
}) {
  const [text, setText] = useState(String(props.value ?? ''));
  return (
    <TextField
      label={props.label}
      placeholder={props.placeholder}
      value={text}
      error={typeof readNumber(text) === 'string'}
      onChange={event => {
        setText(event.target.value);
        props.onChange(readNumber(event.target.value));
      }}
      inputProps={{ inputMode: 'decimal' }}
      InputLabelProps={{ shrink: true }}
    />
  );
}
