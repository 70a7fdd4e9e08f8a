import { titleWords } from '../../search/match/titles.ts';
import type { QueryKnowledge, TitleKnowledge } from '../../search/understand.ts';
import type { SearchHit, SearchResult } from '../client/cluster-client.ts';
import { withIdentifier } from '../match/field-query.ts';
import { titlePhrase } from '../match/text-query.ts';
import type { StoredSource } from '../store/document.ts';
import { ID, lengthPath } from '../store/paths.ts';
import type { Known } from './lookups.ts';
import type { KnownVocabulary } from './vocabulary.ts';

/** Titles that are compared with a text of stop words: those with the fewest other words. */
const MAX_TITLES = 200;

/** What a corpus knows of queries. To be used inside `Lookups.resolve`. */
export function knowledgeIn(known: Known, vocabulary: KnownVocabulary): QueryKnowledge {
  return {
    languages: vocabulary.languages,
    areNeighbours: (first, second) => vocabulary.areNeighbours(first, second),
    countWithId: (identifier) => known.count(withIdentifier(identifier, 'id', known), 0),
    titles: async () => titlesIn(known),
  };
}

function titlesIn(known: Known): TitleKnowledge {
  return {
    equalTo: (text, max) => {
      const words = titleWords(text);
      const equal = known.search({
        body: {
          query: { constant_score: { filter: titlePhrase(text) } },
          // The words of the text are not counted.
          sort: [{ [lengthPath('title')]: { order: 'asc', missing: '_first' } }, { [ID]: 'asc' }],
          size: MAX_TITLES,
          track_total_hits: false,
          _source: ['paper.id', 'paper.title'],
        },
        read: ({ hits }: SearchResult<unknown>) =>
          (hits.hits as readonly SearchHit<StoredSource>[]).flatMap(({ _source: { paper } }) =>
            titleWords(paper!.title) === words ? [paper!.id] : [],
          ),
        unknown: [] as readonly string[],
      });
      return equal.length > max ? undefined : equal.toSorted();
    },
    hasPhrase: (text) => known.count(titlePhrase(text), 0) > 0,
  };
}
