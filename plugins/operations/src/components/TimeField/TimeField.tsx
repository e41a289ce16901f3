import TextField from '@mui/material/TextField';
import { useEffect, useState } from 'react';
import { fromLocalInput, toLocalInput } from '../../model/localTime';

/** A point in time, typed in the reader's zone. */
export function TimeField(props: {
  label: string;
  /** Says which zone that is; for screen readers and as a tooltip, or below the field. */
  note: string;
  isNoteShown?: boolean;
  /** ISO 8601. */
  value: string | undefined;
  onChange: (time: string | undefined) => void;
  error?: string;
  isRequired?: boolean;
}) {
  const { value, onChange, error, note } = props;
  const [text, setText] = useState(toLocalInput(value));
  // A time that comes from elsewhere (an address, a button) replaces what was typed.
  useEffect(() => {
    setText(typed => (fromLocalInput(typed) === value ? typed : toLocalInput(value)));
  }, [value]);
  return (
    <TextField
      type="datetime-local"
      size="small"
      label={props.label}
      value={text}
      onChange={event => {
        setText(event.target.value);
        onChange(fromLocalInput(event.target.value));
      }}
      required={props.isRequired}
      error={error !== undefined}
      helperText={error ?? (props.isNoteShown ? note : undefined)}
      InputLabelProps={{ shrink: true }}
      inputProps={{ title: note }}
      sx={{ width: { xs: '100%', sm: 'auto' } }}
    />
  );
}
