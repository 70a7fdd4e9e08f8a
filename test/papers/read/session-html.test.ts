import { expect, test } from 'vitest';
import { pageLines } from '../../../src/papers/read/session-page/html.ts';
import { readFixture } from '../../support/fixtures.ts';
import { sourceOf } from '../../support/lines.ts';

test('a saved page gives its talks, with lines of the HTML', async () => {
  const { papers, warnings } = await readFixture('session.html', { venue: 'TOY', year: 2031 });
  expect(papers).toMatchObject([
    {
      title: 'Counting Sheep with Sparse Attention',
      abstract: 'We count sheep & lambs; n < 2.\n\nNobody is harmed.',
      authors: ['Ada Vogel', 'Björn Åsen'],
      session: {
        name: 'Oral Session 1A',
        hall: 'Hall 1',
        start: '2031-05-03T09:00:00-07:00',
        end: '2031-05-03T09:12:00-07:00',
      },
    },
    { title: 'Sleeping after Counting', authors: ['Cleo Ray', 'Dan Poe'], abstract: 'Then we sleep.' },
  ]);
  expect(warnings).toEqual([]);
  const without = await readFixture('session.html');
  expect(without.warnings).toMatchObject([{ line: 14, field: 'year' }]);
});

test.each([
  ['<p>a</p><p>b</p>', ['a', '', 'b']],
  ['<p>a<br>b</p>', ['a', 'b']],
  ['a <b>b</b><i>c</i>\n  d', ['a bc d']],
  ['<div><div><p>a</p></div></div><div>b</div>', ['a', '', 'b']],
  ['<head><title>t</title></head><script>"<p>x</p>"</script>a<!-- b -->', ['a']],
  ['1 &lt; 2 &amp; &eacute;&#8217;&nbsp;x', ['1 < 2 & é’ x']],
  ['<p>a', ['a']],
])('the lines of %s', async (html, lines) => {
  const found = (await pageLines(sourceOf(html).chunks())).map(({ text }) => text);
  expect(found.join('\n').trimEnd().split('\n')).toEqual(lines);
});
