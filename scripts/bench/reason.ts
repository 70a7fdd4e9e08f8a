/** Maximum length of a reason (characters): it is shown in a table. */
const MAX_LENGTH = 200;

/**
 * Why an engine failed, in one line: of a stack or the last output of a process, the line that names the error. Folders
 * of the machine are removed.
 */
export function reasonOf(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const lines = message
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const named = lines.findLast((line) => /^(?:FATAL ERROR|[\w.]*(?:Error|Exception)\b.*):/.test(line));
  return (named ?? lines[0] ?? 'no reason given').replaceAll(process.cwd(), '.').slice(0, MAX_LENGTH);
}
