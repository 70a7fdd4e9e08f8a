/** Longest reason that is kept (characters): it goes into a table. */
const LONGEST = 200;

/**
 * Why an engine failed, in a line: of a stack or the last words of a process, the line that names the error.
 * Folders of the machine are nobody's business.
 */
export function reasonOf(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const lines = message
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const telling = lines.findLast((line) => /^(?:FATAL ERROR|[\w.]*(?:Error|Exception)\b.*):/.test(line));
  return (telling ?? lines[0] ?? 'no reason given').replaceAll(process.cwd(), '.').slice(0, LONGEST);
}
