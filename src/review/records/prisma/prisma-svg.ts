import { boxTexts } from './box-texts.ts';
import type { PrismaCounts } from './counts.ts';
import { type Box, FONT_SIZE, NOTE_SIZE, notesOf, prismaLayout, type TextLine } from './layout.ts';

/**
 * Colours as attributes for programs that read no style sheets (word processors, Inkscape), and as classes for browsers,
 * which draw it light on dark where the reader's theme is dark, and dark on light on paper.
 */
const STYLE = `
.page { fill: #ffffff }
.box { fill: #ffffff; stroke: #4a4a4a }
.heading { fill: #f3d27a; stroke: #8a6d1f }
.stage { fill: #bcd2ee; stroke: #5b7ba6 }
.arrow { fill: none; stroke: #4a4a4a }
.head { fill: #4a4a4a }
text { fill: #111111 }
@media screen and (prefers-color-scheme: dark) {
.page { fill: #16181c }
.box { fill: #22262c; stroke: #9aa4b2 }
.heading { fill: #5a4710; stroke: #c9a63f }
.stage { fill: #23395a; stroke: #7f9fcb }
.arrow { stroke: #9aa4b2 }
.head { fill: #9aa4b2 }
text { fill: #f0f0f0 }
}`;

const COLOURS: Readonly<Record<Box['kind'], string>> = {
  step: 'class="box" fill="#ffffff" stroke="#4a4a4a"',
  heading: 'class="heading" fill="#f3d27a" stroke="#8a6d1f"',
  stage: 'class="stage" fill="#bcd2ee" stroke="#5b7ba6"',
};

/**
 * The PRISMA 2020 flow diagram as an SVG document of its own: its texts are texts, its title and description are what a
 * screen reader says, and it needs no fonts or files beside it.
 */
export function prismaSvg(counts: PrismaCounts): string {
  const { width, height, boxes, arrows, notes } = prismaLayout(counts);
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="prisma-title prisma-description" font-family="Helvetica, Arial, 'Liberation Sans', sans-serif" font-size="${FONT_SIZE}">`,
    `<title id="prisma-title">${escaped(`PRISMA 2020 flow diagram of the review “${counts.review}”`)}</title>`,
    `<desc id="prisma-description">${escaped(description(counts))}</desc>`,
    `<style>${STYLE}\n</style>`,
    `<defs><marker id="prisma-arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto"><path class="head" d="M0 0 10 5 0 10z" fill="#4a4a4a"/></marker></defs>`,
    `<rect class="page" width="${width}" height="${height}" fill="#ffffff"/>`,
    ...arrows.map(
      ({ points }) =>
        `<polyline class="arrow" points="${points.map((point) => point.join(',')).join(' ')}" fill="none" stroke="#4a4a4a" stroke-width="1.5" marker-end="url(#prisma-arrow)"/>`,
    ),
    ...boxes.map(boxMarkup),
    ...notes.map((line) => textMarkup(line, ` font-size="${NOTE_SIZE}"`)),
    '</svg>',
  ];
  return `${parts.join('\n')}\n`;
}

function boxMarkup(box: Box): string {
  const { kind, x, y, width, height, lines } = box;
  const rectangle = `<rect ${COLOURS[kind]} x="${x}" y="${y}" width="${width}" height="${height}" rx="${kind === 'step' ? 2 : 8}"/>`;
  const isStage = kind === 'stage';
  const texts = lines.map((line) =>
    isStage
      ? textMarkup(
          line,
          ` font-weight="bold" text-anchor="middle" dominant-baseline="central" transform="rotate(-90 ${line.x} ${line.y})"`,
        )
      : textMarkup(line, kind === 'heading' ? ' font-weight="bold"' : ''),
  );
  return `<g>${rectangle}${texts.join('')}</g>`;
}

function textMarkup({ text, x, y }: TextLine, attributes: string): string {
  return `<text x="${x}" y="${y}" fill="#111111"${attributes}>${escaped(text)}</text>`;
}

/** All numbers as sentences, in the order of the flow. */
function description(counts: PrismaCounts): string {
  const columns = counts.columns.map((column) =>
    boxTexts(column)
      .flat()
      .map((box) => `${box.map(({ text }) => text.replace(/:$/, '').replaceAll('\u00a0', ' ')).join(', ')}.`)
      .join(' '),
  );
  return [
    ...columns,
    `Reports of studies included in review (n = ${counts.included}).`,
    ...notesOf(counts),
  ].join(' ');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return (
    text
      .replace(/[&<>"]/g, (sign) => ENTITIES[sign]!)
      // XML has no other control characters, and no half surrogate pairs.
      .replace(/(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu, '\ufffd')
  );
}
