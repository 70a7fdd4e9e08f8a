import { useLayoutEffect } from 'preact/hooks';
import text from '../styles/review.css?text';

let sheet: CSSStyleSheet | undefined;

/** Styles the views of reviews. The style sheet comes with their code: most readers never need it. */
export function useReviewStyle(): void {
  useLayoutEffect(() => {
    if (sheet) return;
    sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }, []);
}
