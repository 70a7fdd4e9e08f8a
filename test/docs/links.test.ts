import { existsSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { markdownFile, markdownFiles, parseMarkdown, ROOT } from '../support/markdown.ts';

const files = markdownFiles();

/** What is wrong with a link of a file; undefined for one that leads somewhere or to another host. */
function problemOf(target: string, path: string, anchors: ReadonlySet<string>): string | undefined {
  if (/^(?:https?|mailto):/.test(target)) return undefined;
  const [file = '', anchor] = target.split('#');
  const wanted = file === '' ? path : join(dirname(path), decodeURIComponent(file));
  if (wanted.startsWith('..')) return 'leads out of the repository';
  if (!existsSync(join(ROOT, wanted))) return 'there is no such file';
  if (anchor === undefined) return undefined;
  if (statSync(join(ROOT, wanted)).isDirectory()) return 'a folder has no headings';
  const known = file === '' ? anchors : markdownFile(wanted).anchors;
  return known.has(anchor) ? undefined : 'there is no such heading';
}

describe('links in Markdown files', () => {
  test.each(files.map((file) => [file.path, file] as const))(
    'lead to files and headings that exist: %s',
    (path, file) => {
      const broken = file.links.flatMap(({ target, line }) => {
        const problem = problemOf(target, path, file.anchors);
        return problem ? [`${path}:${line}: ${target}: ${problem}`] : [];
      });
      expect(broken).toEqual([]);
    },
  );

  test('are found, and their anchors are those of GitHub', () => {
    const { links, anchors } = parseMarkdown(
      '# One `two` & three\n\n## The same\n\n## The same\n\n[a](b.md#c)\n\n| x |\n| --- |\n| ![d](e.png) |\n\n```\n[f](g)\n```\n',
    );
    expect(links).toEqual([
      { target: 'b.md#c', line: 7 },
      { target: 'e.png', line: 11 },
    ]);
    expect([...anchors]).toEqual(['one-two--three', 'the-same', 'the-same-1']);
  });

  test.each([
    ['missing.md', 'there is no such file'],
    ['#missing', 'there is no such heading'],
    ['LICENSE', undefined],
    ['../elsewhere', 'leads out of the repository'],
    ['docs#x', 'a folder has no headings'],
    ['https://example.org', undefined],
  ])('that do not work are reported: %s', (target, problem) => {
    expect(problemOf(target, 'README.md', new Set(['present']))).toBe(problem);
  });
});

describe('docs/README.md', () => {
  const contents = markdownFile('docs/README.md');

  test('has a link to every page of docs/', () => {
    const linked = new Set(contents.links.map(({ target }) => join('docs', target.replace(/#.*/, ''))));
    const pages = files.map(({ path }) => path).filter((path) => dirname(path) === 'docs');
    expect(pages.filter((path) => path !== contents.path && !linked.has(path))).toEqual([]);
  });

  test('is linked from every page of docs/', () => {
    const pages = files.filter(({ path }) => dirname(path) === 'docs' && path !== contents.path);
    const lost = pages.filter(
      ({ path, links }) => !links.some(({ target }) => join(dirname(path), target) === contents.path),
    );
    expect(lost.map(({ path }) => relative('docs', path))).toEqual([]);
  });
});
