import { SETTINGS, type Setting, variableOf } from '../../src/cli/config/settings.ts';
import { ERRORS } from '../../src/errors.ts';
import { READERS } from '../../src/papers/read/formats.ts';
import { EXPORT_FORMATS } from '../../src/papers/write/formats.ts';

/** Columns that are aligned left: these tables contain words. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const code = (text: string) => `\`${text}\``;

/** Every setting, with its environment variable, commands and default. */
export function settingsTable(): string {
  return table(
    ['setting', 'environment variable', 'meaning', 'value', 'commands', 'default'],
    SETTINGS.map((setting) => [
      code(setting.name),
      code(variableOf(setting)),
      setting.description,
      setting.expected,
      setting.commands?.map(code).join(', ') ?? 'all',
      defaultOf(setting),
    ]),
  );
}

/** Every error code, with its HTTP status and its exit code. */
export function errorsTable(): string {
  return table(
    ['`error.code`', 'HTTP status', 'exit code'],
    Object.entries(ERRORS).map(([name, { status, exitCode }]) => [code(name), `${status}`, `${exitCode}`]),
  );
}

/** Every format that papers are read from. */
export function formatsTable(): string {
  return table(
    ['format', 'content', 'typical files'],
    READERS.map(({ format, description, files }) => [code(format), description, [files].flat().join(', ')]),
  );
}

/** Every format that papers are written in. */
export function exportFormatsTable(): string {
  return table(
    ['`format`', 'extension', 'media type', 'content'],
    EXPORT_FORMATS.map(({ name, extension, mediaType, description }) => [
      code(name),
      code(`.${extension}`),
      code(mediaType),
      description,
    ]),
  );
}

function defaultOf(setting: Setting): string {
  return setting.default === undefined ? '–' : code(String(setting.default));
}
