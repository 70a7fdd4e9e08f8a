import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { FONT_SIZE, NOTE_SIZE, prismaLayout } from '../../../../src/review/records/prisma/layout.ts';
import { prismaCounts } from '../../../../src/review/records/prisma/prisma-counts.ts';
import { prismaSvg } from '../../../../src/review/records/prisma/prisma-svg.ts';
import { textWidth, wrapText } from '../../../../src/review/records/prisma/text-width.ts';
import { randomWholeReview } from '../../../support/random-whole-review.ts';
import { wholeReview } from '../../../support/whole-review.ts';

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function overlap(a: Area, b: Area): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

describe('the layout of any review', () => {
  const layouts = randomWholeReview.map((review) => prismaLayout(prismaCounts(review)));

  test('has no overlapping boxes, and notes below them', () => {
    fc.assert(
      fc.property(layouts, ({ boxes, notes, width, height }) => {
        for (const [at, box] of boxes.entries()) {
          expect(boxes.slice(at + 1).filter((other) => overlap(box, other))).toEqual([]);
          expect(box.x + box.width).toBeLessThanOrEqual(width);
        }
        const bottom = Math.max(...boxes.map((box) => box.y + box.height));
        for (const { x, y, text } of notes) {
          expect(y - NOTE_SIZE).toBeGreaterThanOrEqual(bottom);
          expect(y).toBeLessThan(height);
          expect(x + textWidth(text, NOTE_SIZE)).toBeLessThanOrEqual(width);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('has every text in its box', () => {
    fc.assert(
      fc.property(layouts, ({ boxes }) => {
        for (const { kind, x, y, width, height, lines } of boxes) {
          for (const line of lines) {
            if (kind === 'stage') {
              expect(textWidth(line.text, FONT_SIZE)).toBeLessThanOrEqual(height);
              continue;
            }
            expect(line.x).toBeGreaterThanOrEqual(x);
            expect(line.x + textWidth(line.text, FONT_SIZE)).toBeLessThanOrEqual(x + width);
            expect(line.y - FONT_SIZE).toBeGreaterThanOrEqual(y);
            expect(line.y).toBeLessThan(y + height);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  test('has arrows that cross no box', () => {
    fc.assert(
      fc.property(layouts, ({ boxes, arrows }) => {
        for (const { points } of arrows) {
          for (const [at, [x, y]] of points.slice(0, -1).entries()) {
            const [toX, toY] = points[at + 1]!;
            const line = {
              x: Math.min(x, toX) + 0.1,
              y: Math.min(y, toY) + 0.1,
              width: Math.abs(x - toX) - 0.2,
              height: Math.abs(y - toY) - 0.2,
            };
            expect(boxes.filter((box) => overlap(line, box))).toEqual([]);
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('the drawing', () => {
  const review = wholeReview({
    name: 'Sleep & <statins>\u0000',
    papers: [
      { abstract: 'include', fullText: 'include' },
      ...Array.from({ length: 1200 }, () => ({ abstract: 'unread' as const })),
    ],
  });
  const svg = prismaSvg(prismaCounts(review));

  test('is XML with a title and a description of all numbers', () => {
    expect(XMLValidator.validate(svg)).toBe(true);
    const root = new XMLParser({ ignoreAttributes: false }).parse(svg).svg;
    expect(root['@_role']).toBe('img');
    expect(root['@_aria-labelledby']).toBe('prisma-title prisma-description');
    expect(root.title['#text']).toBe('PRISMA 2020 flow diagram of the review “Sleep & <statins>\ufffd”');
    expect(root.desc['#text']).toContain('Records screened (n = 1,201), By a human (n = 1)');
    expect(root.desc['#text']).toContain('Reports of studies included in review (n = 1).');
  });

  test('refers to no other file', () => {
    expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(
      /https?:|@import|@font-face|href|<script/,
    );
  });

  test('keeps numbers in one line', () => {
    expect(svg).toContain('(n\u00a0=\u00a01,200)</text>');
  });

  test('has a column of other methods only where papers are known by their files', () => {
    expect(svg).not.toContain('other methods');
    const source = { name: 'Citation searching', kind: 'other', records: 1 } as const;
    const other = wholeReview({
      papers: [{ abstract: 'exclude' }],
      protocol: { ...review.protocol, sources: [source] },
      pool: [{ ...review.pool[0]!, records: [{ source: 'citation-searching.ris', records: 1 }] }],
    });
    expect(prismaSvg(prismaCounts(other))).toContain('Identification of studies via other methods');
  });
});

describe('wrapText', () => {
  test('returns lines that are not too wide and lose no letter', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        fc.integer({ min: 40, max: 300 }),
        (text, width) => {
          const lines = wrapText(text, FONT_SIZE, width);
          expect(lines.length).toBeGreaterThan(0);
          for (const line of lines) expect(textWidth(line, FONT_SIZE)).toBeLessThanOrEqual(width);
          expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
        },
      ),
    );
  });

  test('breaks words that are wider than a line', () => {
    const lines = wrapText('a wwwwwwwwwwwwwwwwwwww', 10, 60);
    expect(lines[0]).toBe('a');
    expect(lines.slice(1).join('')).toBe('wwwwwwwwwwwwwwwwwwww');
  });
});
