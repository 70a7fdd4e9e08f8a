import { ALLOWED, RULES } from './rules.ts';

export interface Finding {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly found: string;
  readonly write: string;
}

/**
 * The words of a file that the project avoids.
 * @param file its path from the root, with forward slashes: it decides what is checked. In Markdown all but code blocks;
 *   in tests comments and the names of tests; in other code everything.
 */
export function findWords(file: string, text: string): Finding[] {
  const lines = text.split('\n');
  const checked = file.endsWith('.md')
    ? prose(lines)
    : file.startsWith('test/')
      ? namesOfTests(lines)
      : lines;
  return checked.flatMap((line, index) => {
    const words = spaced(line);
    return RULES.flatMap(({ words: pattern, isCased, write }): Finding[] => {
      const found = pattern.exec(isCased ? line : words)?.[0];
      if (found === undefined || isAllowed(file, found)) return [];
      return [{ file, line: index + 1, found, write }];
    });
  });
}

function isAllowed(file: string, found: string): boolean {
  return ALLOWED.some((entry) => entry.file.test(file) && entry.words.test(found));
}

/** A line in lower case, with identifiers split at capitals. */
function spaced(line: string): string {
  return line.replace(/([a-z\d])([A-Z])/g, '$1 $2').toLowerCase();
}

/** The lines of Markdown outside code blocks and code spans; others are empty. */
function prose(lines: readonly string[]): string[] {
  let inCode = false;
  return lines.map((line) => {
    if (/^\s*```/.test(line)) {
      inCode = !inCode;
      return '';
    }
    return inCode ? '' : line.replace(/`[^`]*`/g, '');
  });
}

const NAME = /(?:^|[\s)\].])(?:test|describe|it|skip|skipIf|each)?(?:\.\w+)*\(\s*(['"`])(.*?)\1\s*,/;
const NAME_ON_ITS_OWN_LINE = /^\s*(['"`])(.*)\1,$/;

/** The comments of test code, and the names of tests; what else a line contains is input. */
function namesOfTests(lines: readonly string[]): string[] {
  return lines.map((line, index) => {
    const comment = /^\s*(?:\/\*\*|\*|\/\/)(.*)/.exec(line)?.[1] ?? '';
    const opens = /(?:test|describe)[\w.]*\($|\)\($/.test(lines[index - 1] ?? '');
    const name = /\b(?:test|describe)\b|^\s*\]?\)\(|\)\('/.test(line)
      ? (NAME.exec(line)?.[2] ?? '')
      : opens
        ? (NAME_ON_ITS_OWN_LINE.exec(line)?.[2] ?? '')
        : '';
    return `${comment} ${name}`;
  });
}
