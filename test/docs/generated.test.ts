import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { helpPage } from '../../scripts/docs/help.ts';
import { GENERATED } from '../../scripts/docs/pages.ts';
import { allCommands, createProgram } from '../../src/cli/program.ts';
import { ROOT } from '../support/markdown.ts';

describe('pages written from the code are up to date (npm run docs)', () => {
  test.each(GENERATED)('$path', ({ path, update }) => {
    const text = readFileSync(join(ROOT, path), 'utf8');
    expect(update(text)).toBe(text);
  });

  test('are refused without the marks', () => {
    for (const { path, update } of GENERATED) {
      if (path !== 'docs/help.md') expect(() => update('# A page')).toThrow('The text does not contain');
    }
  });
});

test('docs/help.md has a section for every command', () => {
  const page = helpPage();
  for (const command of createProgram().commands.flatMap(allCommands)) {
    const name = command.parent?.parent ? `${command.parent.name()} ${command.name()}` : command.name();
    expect(page).toContain(`\n## paper-search ${name}\n`);
    // Deprecated options are hidden.
    for (const { long, hidden } of command.options) if (!hidden) expect(page).toContain(long);
  }
});
