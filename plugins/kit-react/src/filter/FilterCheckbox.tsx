import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';

/** A filter that is on or, by default, off. */
export function FilterCheckbox(props: {
  label: string;
  value: boolean | undefined;
  onChange: (value: true | undefined) => void;
}) {
  return (
    <FormControlLabel
      control={
        <Checkbox
          size="small"
          checked={props.value ?? false}
          onChange={event => props.onChange(event.target.checked || undefined)}
        />
      }
      label={props.label}
    />
  );
}
