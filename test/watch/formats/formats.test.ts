import { parseFeed } from '@rowanmanning/feed-parser';
import { XMLValidator } from 'fast-xml-parser';
import { marked } from 'marked';
import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import type { Paper } from '../../../src/papers/paper.ts';
import { WATCH_FORMATS } from '../../../src/watch/choices.ts';
import { formatReport } from '../../../src/watch/formats/formats.ts';
import type { ReportedPaper, WatchReport } from '../../../src/watch/report.ts';
import { paperOf } from '../../support/papers.ts';

function reported(
  fields: Partial<Paper> & { title: string },
  more: Partial<ReportedPaper> = {},
): ReportedPaper {
  return { paper: paperOf(fields), reason: 'new', level: 'strong', score: 0.8, isRemoved: false, ...more };
}

const BEES = reported({
  id: 'doi:10.1/bees',
  title: 'Wie Bienen tanzen — für Ω-Modelle',
  abstract: `Bienen tanzen. ${'Sie tanzen sehr lange und ohne Pause. '.repeat(30)}`,
  authors: ['Żółw Ärger', 'B', 'C', 'D', 'E', 'F'],
  venue: 'ICLR',
  year: 2026,
  externalIds: { doi: '10.1/bees' },
});
const HOSTILE = reported(
  {
    id: 'x',
    title: '<script>alert(1)</script> [link](javascript:x) **bold**\u001b[31m',
    abstract: 'Read https://evil.example/ & "this".',
    urls: { landing: 'javascript:alert(1)', pdf: 'https://ok.example/a.pdf?x="><script>' },
  },
  { level: 'weak' },
);
const RETRACTED = reported(
  { id: 'r', title: 'Wrong', status: { kind: 'retracted', source: 'Crossref' } },
  { reason: 'status' },
);
const report: WatchReport = {
  watch: 'bees',
  question: 'bees, like 2 papers',
  delivery: '6f0c1d1e-0000-4000-8000-000000000001',
  at: '2026-11-30T10:15:00.123Z',
  snapshot: '0123456789abcdef',
  papers: [BEES, HOSTILE, RETRACTED],
  notices: ['One of the papers was removed.'],
};
const shown = (format: (typeof WATCH_FORMATS)[number], of: WatchReport = report) =>
  formatReport(of, { format, to: 'Zoë Ö <z@example.org>' });

test.each(WATCH_FORMATS)('%s has every paper, and ends in a line end', async (format) => {
  const text = await shown(format);
  for (const { paper } of report.papers) expect(text).toContain(paper.id.replace(/:.*/, ''));
  expect(text).toMatch(/[^\n]\r?\n$/);
  expect(await shown(format)).toBe(text);
});

test('text is short and says why a paper is there', async () => {
  const text = await shown('text');
  expect(text.split('\n').slice(0, 8).join('\n')).toBe(
    [
      'bees: 2 new papers, 1 reported before, now retracted or withdrawn (bees, like 2 papers)',
      '',
      'Note: One of the papers was removed.',
      '',
      '1. Wie Bienen tanzen — für Ω-Modelle',
      '   Żółw Ärger, B, C, D, E, … · ICLR 2026',
      `   Bienen tanzen. ${Array.from({ length: 10 }, () => 'Sie tanzen sehr lange und ohne Pause.').join(' ')} …`,
      '   doi:10.1/bees',
    ].join('\n'),
  );
  expect(text).toContain('https://doi.org/10.1/bees');
  expect(text).toContain('x  (weak match)');
  expect(text).toContain('3. RETRACTED: Wrong\n   Retracted (Crossref)\n   r  (reported before)');
});

test('Markdown takes nothing of a paper for Markdown or HTML', async () => {
  const html = await marked(await shown('markdown'));
  expect(html).toContain('<strong>Wie Bienen tanzen — für Ω-Modelle</strong>');
  expect(html).toContain('<a href="https://doi.org/10.1/bees">page</a>');
  expect(html).toContain('&lt;script&gt;alert(1)');
  expect(html).not.toMatch(/<script|href="javascript|evil\.example\/?">/);
  expect(html.match(/<li>/g)).toHaveLength(3);
});

test('JSON is one line with each whole paper', async () => {
  const text = await shown('json');
  expect(text.trimEnd()).not.toContain('\n');
  expect(JSON.parse(text)).toEqual({
    ...report,
    papers: [
      { ...BEES.paper, relevance: { level: 'strong', score: 0.8 }, reason: 'new' },
      { ...HOSTILE.paper, relevance: { level: 'weak', score: 0.8 }, reason: 'new' },
      { ...RETRACTED.paper, relevance: { level: 'strong', score: 0.8 }, reason: 'status' },
    ],
  });
});

test('Atom has entries that keep their ids, the latest first', async () => {
  const text = await shown('atom');
  expect(XMLValidator.validate(text)).toBe(true);
  const feed = parseFeed(text);
  expect(feed).toMatchObject({ title: 'paper-search: bees', description: 'bees, like 2 papers' });
  expect(feed.items.map(({ id, title }) => [id, title])).toEqual([
    ['tag:paper-search.invalid,2026:paper/r/retracted', 'RETRACTED: Wrong'],
    ['tag:paper-search.invalid,2026:paper/x', expect.stringContaining('<script>')],
    ['tag:paper-search.invalid,2026:paper/doi%3A10.1%2Fbees', 'Wie Bienen tanzen — für Ω-Modelle'],
  ]);
  expect(feed.items[2]!.url).toBe('https://doi.org/10.1/bees');
  expect(feed.items.map(({ updated }) => updated?.toISOString())).toEqual(report.papers.map(() => report.at));
});

describe('an e-mail', () => {
  test('has headers and parts that mail programs read', async () => {
    const text = await shown('eml');
    // Only ASCII, and every line ends as RFC 5322 asks.
    expect(text).toMatch(/^[\t\r\n -~]*$/);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(Math.max(...text.split('\r\n').map(({ length }) => length))).toBeLessThanOrEqual(998);
    const mail = await PostalMime.parse(text);
    expect(mail).toMatchObject({
      subject: '[bees] 2 new papers, 1 reported before, now retracted or withdrawn',
      messageId: '<6f0c1d1e-0000-4000-8000-000000000001@paper-search.invalid>',
      from: { name: 'paper-search', address: 'watch@paper-search.invalid' },
      to: [{ name: 'Zoë Ö', address: 'z@example.org' }],
      attachments: [],
    });
    expect(new Date(mail.date!).toISOString()).toBe('2026-11-30T10:15:00.000Z');
    expect(mail.text!.replaceAll('\r\n', '\n')).toContain(
      '1. Wie Bienen tanzen — für Ω-Modelle\n   Żółw Ärger',
    );
    expect(mail.html).toContain(
      '<a href="https://doi.org/10.1/bees"><strong>Wie Bienen tanzen — für Ω-Modelle',
    );
    expect(mail.html).not.toMatch(/<script|href="javascript/);
  });

  test('of one paper has its title as the subject', async () => {
    const { subject } = await PostalMime.parse(await shown('eml', { ...report, papers: [BEES] }));
    expect(subject).toBe('[bees] Wie Bienen tanzen — für Ω-Modelle');
    const long = reported({ title: `${'𝔘'.repeat(200)}\r\nBcc: x@example.org` });
    const mail = await PostalMime.parse(await shown('eml', { ...report, papers: [long] }));
    expect(mail.subject).toBe(`[bees] ${'𝔘'.repeat(79)}…`);
    expect(mail.bcc ?? []).toEqual([]);
  });
});
