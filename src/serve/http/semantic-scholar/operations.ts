import type { Operation } from '../operation.ts';
import { semanticScholarAuthors } from './authors.ts';
import { semanticScholarPapers } from './papers.ts';
import { semanticScholarRecommendations } from './recommendations.ts';
import { semanticScholarSearches } from './searches.ts';

/**
 * Semantic Scholar's Academic Graph API and Recommendations API (https://api.semanticscholar.org/api-docs/) over the
 * papers of this server, at the paths that its clients use.
 */
export function semanticScholarOperations(): Operation[] {
  return [
    ...semanticScholarSearches(),
    ...semanticScholarPapers(),
    ...semanticScholarAuthors(),
    ...semanticScholarRecommendations(),
  ];
}
