import Autocomplete from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';

/** A name that can be chosen from those that are known, or typed. */
export function NamePicker(props: {
  label: string;
  names: string[];
  value: string | undefined;
  onChange: (name: string | undefined) => void;
  /** Whether a choice is missing. Default: false. */
  isMissing?: boolean;
  /** Default: 180, and on a narrow screen all there is. */
  width?: number | string;
}) {
  return (
    <Autocomplete
      freeSolo
      autoSelect
      size="small"
      options={props.names}
      value={props.value ?? null}
      onChange={(_, name) => props.onChange(name?.trim() || undefined)}
      sx={{ width: { xs: '100%', sm: props.width ?? 180 } }}
      renderInput={params => (
        <TextField
          {...params}
          label={props.label}
          error={props.isMissing}
          InputLabelProps={{ ...params.InputLabelProps, shrink: true }}
          inputProps={{ ...params.inputProps, maxLength: 100 }}
        />
      )}
    />
  );
}
