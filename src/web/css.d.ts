/** Style sheets are imported so that the bundler includes them. */
declare module '*.css';

/** A style sheet as text, for views that are loaded later (`scripts/build-web.ts`). */
declare module '*.css?text' {
  const text: string;
  export default text;
}
