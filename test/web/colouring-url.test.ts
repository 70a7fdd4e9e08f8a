import { describe, expect, test } from 'vitest';
import { readColouring, withColouring } from '../../src/web/map/colouring-url.ts';

const searchOf = (url: string) => new URL(url, 'http://localhost').search;

describe('the colouring in a URL', () => {
  test.each([
    ['/map', 'cluster', '/map'],
    ['/map', 'venue', '/map?colour=venue'],
    ['/map?q=bees', 'year', '/map?q=bees&colour=year'],
  ] as const)('%s by %s', (url, colouring, coloured) => {
    expect(withColouring(url, colouring)).toBe(coloured);
    expect(readColouring(searchOf(coloured))).toBe(colouring);
  });

  test.each(['?colour=', '?colour=mood', '?color=year'])('ignores %s', (search) => {
    expect(readColouring(search)).toBe('cluster');
  });
});
