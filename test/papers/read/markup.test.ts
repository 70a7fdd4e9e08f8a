import { expect, test } from 'vitest';
import { plainText } from '../../../src/papers/read/markup.ts';

test.each([
  ['if x <y and y> z', 'if x <y and y> z'],
  ['a<b', 'a<b'],
  ['H<sub>2</sub>O &amp; <i>E. coli</i>', 'H2O & E. coli'],
  ['<jats:p>One</jats:p><jats:p>two&#x2014;three</jats:p>', '\n\nOne\n\n\n\ntwo—three\n\n'],
  ['<jats:title>Abstract</jats:title><jats:p>A</jats:p>', '\n\nA\n\n'],
  ['<h4>Abstract.</h4>A', 'A'],
  ['&lt;b&gt;', '<b>'],
  ['<span class="x">A</span> &nosuch; AT&T', 'A &nosuch; AT&T'],
])('%s', (markup, text) => {
  expect(plainText(markup)).toBe(text);
});
