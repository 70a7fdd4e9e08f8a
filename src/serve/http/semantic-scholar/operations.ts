import type { Operation } from '../operation.ts';
import { semanticScholarAuthors } from './authors.ts';
import { semanticScholarPapers } from './papers.ts';
import { semanticScholarRecommendations } from './recommendations.ts';
import { semanticScholarSearches } from './searches.ts';

/**
 * Semantic Scholar's Academic Graph API and Recommendations API over one's own papers
 * (https://api.semanticscholar.org/api-docs/), at the paths where its clients expect them.
 */
export function semanticScholarOperations(): Operation[] {
  return [
    ...semanticScholarSearches(),
    ...semanticScholarPapers(),
    ...semanticScholarAuthors(),
    ...semanticScholarRecommendations(),
  ];
}
