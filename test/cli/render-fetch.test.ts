import { expect, test } from 'vitest';
import { renderFetchProgress, renderFetchReport } from '../../src/cli/render-fetch.ts';

test('the text of a service cannot control the terminal', () => {
  const said = '\u001b]52;c;x\u0007\u202e';
  const progress = renderFetchProgress({
    kind: 'retry',
    service: 'arxiv',
    waitMs: 1000,
    reason: said,
  } as never);
  const report = {
    service: 'arxiv',
    folder: 'a',
    papers: 1,
    newPages: 1,
    unchangedPages: 0,
    notices: [said],
  };
  for (const text of [progress, renderFetchReport(report as never)]) {
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\u202e]/u);
  }
});
