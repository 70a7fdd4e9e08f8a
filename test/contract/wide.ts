import { mulberry32 } from '../../src/util/random.ts';
import { topicRecords } from '../support/topic-records.ts';

/** Papers of the wide corpus: more than are candidates of an answer. */
const WIDE = 1500;

const VENUES = ['ACL', 'EMNLP', 'ICLR', 'ICML', 'NeurIPS', 'SIGIR'];
const AREAS = ['cs.CL', 'cs.LG', 'cs.IR', 'stat.ML'];

/**
 * Papers with made-up words, the same at each call, as JSON Lines: enough that no answer can be made from all of them. Their
 * words, years, venues and links have skewed frequencies, as real ones have; many are equal in what they are sorted by.
 */
export function wideCorpus(): string {
  const random = mulberry32(15);
  const recordOf = topicRecords(15);
  const skewed = (below: number) => Math.floor(below * random() ** 2);
  return Array.from({ length: WIDE }, (_, i) => {
    const { title, abstract, keywords, id } = recordOf(`wide-${String(i).padStart(4, '0')}`);
    const year = 2026 - skewed(30);
    return JSON.stringify({
      id,
      // Every third paper has a common word, every fortieth a rarer one.
      title: `${title}${i % 3 === 0 ? ' model' : ''}${i % 40 === 0 ? ' zebra' : ''}`,
      abstract: `${abstract}${i % 7 === 0 ? ' A large model of graphs.' : ''}`,
      authors: [`Ann Author${skewed(60)}`, `Bo Writer${skewed(400)}`],
      venue: VENUES[skewed(VENUES.length)],
      ...(i % 50 !== 0 && { year, date: i % 2 === 0 ? `${year}-0${1 + skewed(9)}` : `${year}` }),
      keywords,
      categories: [AREAS[skewed(AREAS.length)]],
      urls: i % 4 === 0 ? { pdf: `https://example.org/${id}.pdf` } : {},
      externalIds: { doi: `10.1000/wide.${i}` },
      ...(i > 20 && {
        references: [`doi:10.1000/wide.${skewed(20)}`, `doi:10.1000/wide.${skewed(i)}`, 'doi:10.9999/wide'],
      }),
      ...(i % 90 === 7 && { acceptance: 'reject' }),
    });
  }).join('\n');
}
