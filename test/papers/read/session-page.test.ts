import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sessionPageReader } from '../../../src/papers/read/session-page/reader.ts';
import { noticesOf, papersOf, readAll } from '../../support/lines.ts';

const ICLR_2025 = { venue: 'ICLR', year: 2025 };
const page = readFileSync(new URL('../../../data/sessions/iclr-2025-oral-6a.txt', import.meta.url), 'utf8');
const read = async (text: string) => papersOf(await readAll(sessionPageReader, text, ICLR_2025));

describe('the ICLR 2025 Oral Session 6A page', () => {
  test('gives its six talks in order', async () => {
    expect((await read(page)).map(({ title }) => title)).toEqual([
      'Training Language Models to Self-Correct via Reinforcement Learning',
      'Reasoning Elicitation in Language Models via Counterfactual Feedback',
      'Self-Improvement in Language Models: The Sharpening Mechanism',
      'ReGenesis: LLMs can Grow into Reasoning Generalists via Self-Improvement',
      'Mind the Gap: Examining the Self-Improvement Capabilities of Large Language Models',
      'Learning Dynamics of LLM Finetuning',
    ]);
  });

  test('keeps authors as they are written', async () => {
    const papers = await read(page);
    expect(papers[0]?.authors).toHaveLength(18);
    expect(papers[1]?.authors[0]).toBe('Alihan Hüyük');
    expect(papers[5]?.authors).toEqual(['YI REN', 'Danica Sutherland']);
  });

  test('keeps abstracts whole, with quotes and percentages', async () => {
    const papers = await read(page);
    expect(papers[0]?.abstract).toMatch(
      /^Self-correction is .* by 15\.6% and 9\.1% respectively .* benchmarks\.$/s,
    );
    expect(papers[2]?.abstract).toContain('“self-improvement,”');
    expect(papers[2]?.abstract).toContain('‘sharpen’');
    expect(papers[5]?.abstract).toMatch(/improve alignment performance\.$/);
  });

  test('knows session, hall and times with the zone of the page', async () => {
    const sessions = (await read(page)).map(({ session }) => session);
    expect(sessions[0]).toEqual({
      name: 'Oral Session 6A',
      hall: 'Hall 1 Apex',
      start: '2025-04-26T00:30:00-07:00',
      end: '2025-04-26T00:42:00-07:00',
    });
    expect(sessions[5]?.end).toBe('2025-04-26T01:42:00-07:00');
  });

  test('is the same with CRLF', async () => {
    expect(await read(page.replaceAll('\n', '\r\n'))).toEqual(await read(page));
  });

  test('warns of a year that the weekday contradicts, once', async () => {
    const items = await readAll(sessionPageReader, page, { year: 2024 });
    const warnings = noticesOf(items, 'warning');
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatchObject({ file: 'test.txt', line: 12, field: 'year' });
    expect(warnings[0]?.reason).toContain('Friday');
  });

  test('has no times without a year, and says so', async () => {
    const items = await readAll(sessionPageReader, page, {});
    expect(papersOf(items)[0]?.session?.start).toBeUndefined();
    expect(noticesOf(items, 'warning')[0]?.reason).toContain('--year');
  });
});

const talk = (slot: string, ...blocks: string[]) => [slot, ...blocks].join('\n\n');

describe('other pages of the kind', () => {
  test('several sessions in one file', async () => {
    const text = [
      'Skip to yearly menu bar Skip to main content\n\nOral Session\n\nOral Session 1A: Vision\n\nHall 2\n\nThu 24 Apr 10 a.m. SGT — 11 a.m. SGT\nAbstract:\nChat is not available.',
      talk('Thu 24 April 10:00 - 10:12 SGT', 'First', 'A One · B Two', 'About the first.'),
      'Poster Session\n\nPoster Session 2\n\nRoom 7\n\nModerator: C Three\n\nThu 24 Apr 2 p.m. SGT — 3 p.m. SGT\nAbstract:',
      talk('Thu 24 April 14:00 SGT', 'Second', 'D Four', 'About the second.'),
    ].join('\n\n');
    const papers = await read(text);
    expect(papers.map(({ title, session }) => [title, session?.name, session?.hall])).toEqual([
      ['First', 'Oral Session 1A: Vision', 'Hall 2'],
      ['Second', 'Poster Session 2', 'Room 7'],
    ]);
    expect(papers[1]?.session?.start).toBe('2025-04-24T14:00:00+08:00');
    expect(papers[1]?.session?.end).toBeUndefined();
  });

  test('a name under a bare heading, then the hall', async () => {
    const text = `Oral Session\n\nAlignment and Safety\n\nHall 3\n\nThu 24 Apr 10 a.m. SGT — 11 a.m. SGT\n\n${talk('Thu 24 April 10:00 - 10:12 SGT', 'T', 'A B', 'Text.')}`;
    expect((await read(text))[0]?.session).toMatchObject({ name: 'Alignment and Safety', hall: 'Hall 3' });
  });

  test('a talk without abstract is kept', async () => {
    const text = [
      talk('Sat 26 April 0:30 - 0:42 PDT', 'No Abstract Yet', 'Ann Lee · Bo Chan'),
      talk('Sat 26 April 0:42 - 0:54 PDT', 'Next', 'Cy Dee', 'Here is one.'),
    ].join('\n\n');
    expect((await read(text)).map(({ title, authors, abstract }) => ({ title, authors, abstract }))).toEqual([
      { title: 'No Abstract Yet', authors: ['Ann Lee', 'Bo Chan'], abstract: '' },
      { title: 'Next', authors: ['Cy Dee'], abstract: 'Here is one.' },
    ]);
  });

  test('an abstract of several paragraphs and wrapped lines', async () => {
    const text = talk(
      'Sat 26 April 0:30 - 0:42 PDT',
      'T',
      'A B · C D',
      'One line,\nwrapped.',
      'Second · paragraph.',
    );
    expect((await read(text))[0]?.abstract).toBe('One line, wrapped.\n\nSecond · paragraph.');
  });

  test.each(['What is it: a Question?', 'Poster Session Planning', 'Is Attention All You Need?'])(
    'the title “%s”',
    async (title) => {
      const text = talk('Sat 26 April 0:30 - 0:42 PDT', title, 'A B · C D', 'Text.');
      expect((await read(text))[0]).toMatchObject({ title, authors: ['A B', 'C D'], abstract: 'Text.' });
    },
  );

  test('lines without blank lines between them', async () => {
    const text = 'Sat 26 April 0:30 - 0:42 PDT\nA Title\nA B · C D\nThe abstract.\nIts second line.';
    expect((await read(text))[0]).toMatchObject({
      title: 'A Title',
      authors: ['A B', 'C D'],
      abstract: 'The abstract. Its second line.',
    });
  });

  test('reads a talk without authors: a sentence is not a name', async () => {
    const text = talk('Sat 26 April 0:30 - 0:42 PDT', 'A Title', 'We show that this works.');
    expect((await read(text))[0]).toMatchObject({
      title: 'A Title',
      authors: [],
      abstract: 'We show that this works.',
    });
  });

  test('leaves menus and footers out of the abstract', async () => {
    const text = `${talk('Sat 26 April 0:30 - 0:42 PDT', 'A Title', 'A B · C D', 'Text.')}\n\nChat is not available.\n\nSuccessful Page Load\n\nICLR uses cookies for essential functions only.\nPrivacy Policy`;
    expect((await read(text))[0]?.abstract).toBe('Text.');
  });

  test('a slot without a title is rejected with its line', async () => {
    const items = await readAll(sessionPageReader, 'Sat 26 April 0:30 - 0:42 PDT\n', ICLR_2025);
    expect(noticesOf(items, 'rejected')).toEqual([
      { file: 'test.txt', line: 1, field: 'title', reason: 'A slot without a title.' },
    ]);
  });

  test('distinguishes the slot of a session from that of its first talk', async () => {
    const text = [
      'Oral Session 10A\n\nModerators:\nYi Wang · Jo Ress\n\nHall 1\n\nSat 26 Apr 12:30 a.m. PDT — 2 a.m. PDT',
      'Session on things that matter to people in this field.',
      talk('Sat 26 April 0:30 - 0:42 PDT', '[OpenReview]', 'One', 'A B · C D', 'Text.'),
      'Keynote and Invited Talk\n\nHall 2\n\nSat 26 Apr 2 p.m. PDT — 3 p.m. PDT\n\nOpen-ended learning\n\nTim Rock\n\nMore text.',
    ].join('\n\n');
    expect(
      (await read(text)).map(({ title, authors, session }) => [title, authors, session?.name, session?.hall]),
    ).toEqual([
      ['One', ['A B', 'C D'], 'Oral Session 10A', 'Hall 1'],
      ['Open-ended learning', ['Tim Rock'], 'Keynote and Invited Talk', 'Hall 2'],
    ]);
  });

  test('lines of an abstract that look like headings or footers are text', async () => {
    const lines = 'It was shown at the\nPoster Session 3 of the meeting.\nPrivacy policy\nmatters.';
    const text = [
      talk('Sat 26 April 0:30 - 0:42 PDT', 'One', 'A B · C D', lines),
      talk('Sat 26 April 0:42 - 0:54 PDT', 'Two', 'A B · C D', 'Text.'),
    ].join('\n\n');
    const papers = await read(text);
    expect(papers.map(({ abstract }) => abstract)).toEqual([lines.replaceAll('\n', ' '), 'Text.']);
  });

  test.each([
    ['Ann Ames (MIT) · Bob Bell (University of Illinois at Urbana Champaign, USA)', 2],
    ['Robert Downey Ph.D.', 1],
    ['王小明 · 李雷', 2],
    ['José María de la Cruz García · Jo Ng', 2],
    ['Ann Ames ·\nBob Bell · Heidi\nHughes', 3],
  ])('authors: %s', async (line, count) => {
    const text = talk('Sat 26 April 0:30 - 0:42 PDT', 'A Title', line, 'We show it.');
    const [paper] = await read(text);
    expect(paper).toMatchObject({ title: 'A Title', abstract: 'We show it.' });
    expect(paper?.authors).toHaveLength(count);
  });

  test('random sessions, written as pages and read back', async () => {
    const words = (least: number, most: number) =>
      fc
        .array(fc.stringMatching(/^[A-Z][a-z]{2,9}$/), { minLength: least, maxLength: most })
        .map((list) => list.join(' '));
    const record = fc.record({
      title: words(3, 8),
      authors: fc.array(words(2, 3), { minLength: 2, maxLength: 5 }),
      paragraphs: fc.array(
        words(8, 30).map((text) => `${text}.`),
        { maxLength: 3 },
      ),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { minLength: 1, maxLength: 6 }),
        fc.constantFrom('\n', '\r\n'),
        async (talks, eol) => {
          const text = [
            'Oral Session 9Z\n\nHall 4',
            ...talks.map(({ title, authors, paragraphs }, i) =>
              talk(`Sat 26 April ${i}:00 - ${i}:30 PDT`, title, authors.join(' · '), ...paragraphs),
            ),
          ].join('\n\n');
          const papers = await read(text.replaceAll('\n', eol));
          expect(papers.map(({ title, authors, abstract }) => ({ title, authors, abstract }))).toEqual(
            talks.map(({ title, authors, paragraphs }) => ({
              title,
              authors,
              abstract: paragraphs.join('\n\n'),
            })),
          );
        },
      ),
      { numRuns: 50 },
    );
  });

  test('any text ends, without a crash', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.string(), fc.constantFrom(...page.split('\n')))),
        async (lines) => {
          await readAll(sessionPageReader, lines.join('\n'), ICLR_2025);
        },
      ),
      { numRuns: 50 },
    );
  });
});
