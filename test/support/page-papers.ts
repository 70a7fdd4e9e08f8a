const PAYLOADS = '<script>alert(1)</script>"><img src=x onerror=alert(2)><svg onload=alert(3)>';

/** A paper with code that must not run in the reader's browser. */
export const HOSTILE_PAPER = {
  id: 'hostile/"><script>alert(0)</script>',
  title: `Injection attacks ${PAYLOADS}`,
  abstract: `Injection attacks put markup into pages: ${PAYLOADS} {{constructor.constructor('alert(4)')()}}`,
  authors: [`Mallory ${PAYLOADS}`],
  venue: 'SecConf <b>2024</b>',
  year: 2024,
  keywords: ['<i>injection</i>'],
  url: 'javascript:alert(5)',
  pdf: 'data:text/html,<script>alert(6)</script>',
};

/** Papers on gardens, so that there is more than one page, venue and year. */
export const GARDEN_PAPERS = Array.from({ length: 12 }, (_, i) => ({
  id: `garden/${i}`,
  title: `Pollinators of garden ${['beans', 'apples', 'squash', 'roses'][i % 4]}, part ${i}`,
  abstract:
    `We watch which bees and hoverflies visit a garden in month ${i}. ` +
    'Visits are counted on warm days. Flowers that stand close together are visited more often. ' +
    'Gardeners can help pollinators with late flowers.',
  authors: [i % 2 === 0 ? 'Ada Meadow' : 'Bo Hedge', 'Cy Orchard'],
  venue: i % 3 === 0 ? 'Journal of Gardens' : 'Bee Letters',
  year: 2015 + (i % 5),
  keywords: ['pollination', i % 2 === 0 ? 'bees' : 'hoverflies'],
  url: `https://example.org/garden/${i}`,
  doi: `10.5555/garden.${i}`,
}));
