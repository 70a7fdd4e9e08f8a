import { expect, test } from 'vitest';
import { isWebAddress, linked } from '../../src/cli/terminal-link.ts';

test('prints a link if the terminal supports links', () => {
  expect(linked('A Title', 'https://example.org/a?b=ü', true)).toBe(
    '\u001b]8;;https://example.org/a?b=%C3%BC\u001b\\A Title\u001b]8;;\u001b\\',
  );
  expect(linked('A Title', 'https://example.org/', false)).toBe('A Title');
  expect(linked('A Title', undefined, true)).toBe('A Title');
});

test.each(['javascript:alert(1)', 'file:///etc/passwd', 'data:text/html,x', 'vscode://x', 'no address', ''])(
  'does not link to %s, which is not a web address',
  (address) => {
    expect(isWebAddress(address)).toBe(false);
    expect(linked('x', address, true)).toBe('x');
  },
);

test('an address cannot close the link early', () => {
  const shown = linked('x', 'https://example.org/\u001b\\\u0007\u009c]8;;evil', true);
  const parts = shown.split('\u001b');
  expect(parts).toEqual(['', expect.stringMatching(/^\]8;;https:[\x21-\x7e]+$/), '\\x', ']8;;', '\\']);
});
