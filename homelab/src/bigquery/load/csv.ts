/** How a CSV file is written (RFC 4180); the names are those of `JobConfigurationLoad`. */
export interface CsvFormat {
  fieldDelimiter: string;
  /** Empty when nothing is quoted. */
  quote: string;
}

/** A cell; quoted ones are text even when they are empty. */
export interface CsvCell {
  text: string;
  isQuoted: boolean;
}

/** Lines of a CSV file as cells; empty lines are left out. */
export function parseCsv(text: string, { fieldDelimiter, quote }: CsvFormat): CsvCell[][] {
  const lines: CsvCell[][] = [];
  let line: CsvCell[] = [];
  let cell: CsvCell = { text: '', isQuoted: false };
  let isInQuotes = false;
  const endCell = () => {
    line.push(cell);
    cell = { text: '', isQuoted: false };
  };
  const endLine = () => {
    endCell();
    if (line.length > 1 || line[0].text !== '' || line[0].isQuoted) lines.push(line);
    line = [];
  };
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (isInQuotes) {
      if (character !== quote) cell.text += character;
      else if (text[index + 1] === quote) cell.text += text[++index];
      else isInQuotes = false;
    } else if (quote && character === quote && cell.text === '') {
      isInQuotes = true;
      cell.isQuoted = true;
    } else if (character === fieldDelimiter) endCell();
    else if (character === '\n') endLine();
    else if (character !== '\r' || text[index + 1] !== '\n') cell.text += character;
  }
  if (cell.text !== '' || cell.isQuoted || line.length > 0) endLine();
  return lines;
}
