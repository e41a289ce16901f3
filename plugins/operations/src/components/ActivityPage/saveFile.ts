/** Lets the browser save something under a name, as a download does. */
export function saveFile(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The browser has taken the address over with the click; it needs it until its own turn has come.
  setTimeout(() => URL.revokeObjectURL(link.href), 0);
}
