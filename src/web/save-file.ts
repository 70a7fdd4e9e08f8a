/** Saves a file, as if the reader had followed a download link. */
export function saveFile(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser has started to read the file by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
