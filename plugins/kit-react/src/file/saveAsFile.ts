/** Hands text to the browser as a file to keep. */
export function saveAsFile(name: string, parts: string[], type: string = 'text/plain'): void {
  const url = URL.createObjectURL(new Blob(parts, { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
