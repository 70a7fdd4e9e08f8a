import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import GithubSlugger from 'github-slugger';
import { lexer, type Token, walkTokens } from 'marked';

/** Folder of the repository. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A fenced block of code. The first word after the fence is the language, the others say how the block is tested. */
export interface CodeBlock {
  /** Path of the file from the root of the repository. */
  readonly file: string;
  /** Line of the opening fence, from 1. */
  readonly line: number;
  readonly language: string;
  readonly marks: readonly string[];
  readonly text: string;
}

export interface MarkdownFile {
  /** Path from the root of the repository. */
  readonly path: string;
  readonly text: string;
  /** Anchors of the headings, as GitHub generates them. */
  readonly anchors: ReadonlySet<string>;
  /** Targets of links and images, as written, with the line of each one's first occurrence. */
  readonly links: readonly { readonly target: string; readonly line: number }[];
  readonly blocks: readonly CodeBlock[];
}

const ONLY_AT_THE_TOP = ['.'];
const WITH_SUBFOLDERS = ['.github', 'docs', 'index', 'scripts', 'src'];

/** Every Markdown file of the project that users read, except in tests, caches and snapshots. */
export function markdownFiles(): MarkdownFile[] {
  const below = (folder: string, recursive: boolean) =>
    readdirSync(join(ROOT, folder), { recursive, encoding: 'utf8' })
      .filter((file) => /\.md$/i.test(file) && !/(?:^|\/)(?:node_modules|\.cache)\//.test(file))
      .map((file) => join(folder, file));
  return [
    ...ONLY_AT_THE_TOP.flatMap((folder) => below(folder, false)),
    ...WITH_SUBFOLDERS.flatMap((folder) => below(folder, true)),
  ]
    .sort()
    .map(markdownFile);
}

/** The pages whose blocks of code are tested: README.md, CONTRIBUTING.md and docs/. */
export function documentationPages(): MarkdownFile[] {
  return markdownFiles().filter(({ path }) => /^(?:README|CONTRIBUTING)\.md$|^docs\//.test(path));
}

/** Reads one file. @param path from the root of the repository. */
export function markdownFile(path: string): MarkdownFile {
  return parseMarkdown(readFileSync(join(ROOT, path), 'utf8'), path);
}

/** Headings, links and blocks of code of a text. */
export function parseMarkdown(text: string, path = 'text.md'): MarkdownFile {
  const tokens: Token[] = [];
  walkTokens(lexer(text), (token) => {
    tokens.push(token);
  });
  const slugger = new GithubSlugger();
  const anchors = new Set<string>();
  const links: { target: string; line: number }[] = [];
  const blocks: CodeBlock[] = [];
  let place = 0;
  for (const token of tokens) {
    if (token.type === 'heading') anchors.add(slugger.slug(plainText(token.tokens ?? [])));
    if (token.type === 'link' || token.type === 'image') {
      links.push({ target: token.href, line: lineAt(text, Math.max(0, text.indexOf(`](${token.href}`))) });
    }
    if (token.type === 'code') {
      place = text.indexOf(token.raw, place);
      const [language = '', ...marks] = (token.lang ?? '').split(/\s+/).filter(Boolean);
      blocks.push({ file: path, line: lineAt(text, place), language, marks, text: token.text });
      place += token.raw.length;
    }
  }
  return { path, text, anchors, links, blocks };
}

/** `docs/speed.md:12`, for the names of tests. */
export function placeOf({ file, line }: CodeBlock): string {
  return `${file}:${line}`;
}

function plainText(tokens: readonly Token[]): string {
  return tokens
    .map((token) =>
      'tokens' in token && token.tokens ? plainText(token.tokens) : 'text' in token ? token.text : '',
    )
    .join('');
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
