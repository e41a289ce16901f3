import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';

/** One of several values, or any. A value of the address that there is not now can still be seen, and left. */
export function FilterSelect(props: {
  label: string;
  anyLabel: string;
  value: string | undefined;
  options: readonly string[];
  onChange: (value: string | undefined) => void;
}) {
  const { value, options } = props;
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
          {option}
        </MenuItem>
      ))}
    </TextField>
  );
}
