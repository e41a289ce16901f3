import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';

/** One of several values, or any. A value of the address that there is not now can still be seen, and left. */
export function FilterSelect(props: {
  label: string;
  anyLabel: string;
  value: string | undefined;
  options: readonly string[];
  /** What an option is called. Default: as it is. */
  nameOf?: (option: string) => string;
  onChange: (value: string | undefined) => void;
}) {
  const { value, options, nameOf = String } = props;
  const all = value === undefined || options.includes(value) ? options : [value, ...options];
  return (
    <TextField
      select
      size="small"
      label={props.label}
      value={value ?? ''}
      onChange={event => props.onChange(event.target.value || undefined)}
      InputLabelProps={{ shrink: true }}
      SelectProps={{ displayEmpty: true }}
      sx={{ minWidth: 160, maxWidth: 280 }}
    >
      <MenuItem value="">{props.anyLabel}</MenuItem>
      {all.map(option => (
        <MenuItem key={option} value={option}>
          {nameOf(option)}
        </MenuItem>
      ))}
    </TextField>
  );
}
