/** A text as one word of a POSIX shell, of zsh and of fish. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
