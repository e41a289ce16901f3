import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { useId, useState, type ChangeEvent } from 'react';

/** Largest file that is read, in bytes. */
const maxFileBytes = 1_000_000;

/** Reads a text file that the person chooses; one of more than a megabyte is refused, in the words of `tooLarge`. */
export function TextFileButton(props: {
  label: string;
  tooLarge: string;
  /** Endings and media types, as an `input` takes them. */
  accept: string;
  onRead: (text: string, fileName: string) => void;
}) {
  const inputId = useId();
  const [isTooLarge, setIsTooLarge] = useState(false);
  const readFile = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.item(0);
    event.target.value = '';
    if (!file) return;
    setIsTooLarge(file.size > maxFileBytes);
    if (file.size <= maxFileBytes) props.onRead(await file.text(), file.name);
  };
  return (
    <>
      <div>
        <Button component="label" htmlFor={inputId} size="small" variant="outlined">
          {props.label}
        </Button>
        <input
          id={inputId}
          type="file"
          accept={props.accept}
          onChange={event => void readFile(event)}
          style={{ position: 'absolute', width: 1, height: 1, opacity: 0 }}
        />
      </div>
      {isTooLarge && <Alert severity="error">{props.tooLarge}</Alert>}
    </>
  );
}
