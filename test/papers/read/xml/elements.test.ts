import { describe, expect, test } from 'vitest';
import { textOf } from '../../../../src/papers/read/xml/content.ts';
import { readXml } from '../../../../src/papers/read/xml/elements.ts';
import { sourceOf } from '../../../support/lines.ts';

/** Texts of the records, and reasons for those that could not be read; elements outside by name. */
async function read(text: string) {
  const found: string[] = [];
  for await (const event of readXml(sourceOf(text).chunks(), new Set(['r']))) {
    if (event.kind === 'begin') found.push(`<${event.element.name}>`);
    else if (event.kind === 'record') found.push(`${event.element.line}: ${textOf(event.element)}`);
    else found.push(`${event.line}! ${event.reason}`);
  }
  return found;
}

const BEFORE_NEXT = 'It breaks off where the next one begins.';
const UNCLOSED = 'It breaks off before it is closed.';

describe('readXml', () => {
  test.each([
    ['<a><r>x</r></a>', ['<a>', '1: x']],
    ['<?xml version="1.0"?>\n<!-- r -->\n<p:a><p:r>x</p:r></p:a>', ['<a>', '3: x']],
    ['<a><r>1 &lt; 2 &amp; &#65;&#x42; &eacute;</r></a>', ['<a>', '1: 1 < 2 & AB é']],
    ['<a><r>AT&T, n < 2 & &nosuch;</r></a>', ['<a>', '1: AT&T, n < 2 & &nosuch;']],
    ['<a><r><![CDATA[1 < 2 &amp; <b>]]></r></a>', ['<a>', '1: 1 < 2 &amp; <b>']],
    ['<a><r>c<b>ut</b>s</r></a>', ['<a>', '1: cuts']],
    ['<a><r><i>x</r></i><r>y</r></a>', ['<a>', '1: x', '1: y']],
    ['<a><r>x\n<r>y</r></a>', ['<a>', `1! ${BEFORE_NEXT}`, '2: y']],
    ['<a><r>x</a><a><r>y</r></a>', ['<a>', `1! ${UNCLOSED}`, '<a>', '1: y']],
    ['<a>\n<r>x</r>\n<r><b>y', ['<a>', '2: x', `3! ${UNCLOSED}`]],
    ['<a><r>x</r>\n', ['<a>', '1: x', '2! The document breaks off before it is closed.']],
    ['<r/>', ['1: ']],
  ])('%s', async (text, found) => {
    expect(await read(text)).toEqual(found);
  });

  test('declared entities are neither expanded nor fetched', async () => {
    const names = 'bcdefghij'.split('');
    const bomb = names
      .map((name, i) => `<!ENTITY ${name} "${`&${names[i - 1] ?? 'a'};`.repeat(10)}">`)
      .join('');
    const type = `<!DOCTYPE a [<!ENTITY a "ha">${bomb}<!ENTITY file SYSTEM "file:///etc/passwd">]>`;
    expect(await read(`${type}<a><r>&j; &file;</r></a>`)).toEqual(['<a>', '1: &j; &file;']);
  });

  test('nesting without end stops the reading', async () => {
    const deep = await read(`<a><r>${'<b>'.repeat(100_000)}`);
    expect(deep).toEqual(['<a>', '1! Elements are nested too deeply to read on.']);
  });
});
