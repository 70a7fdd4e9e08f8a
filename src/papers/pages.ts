/** First and last page as a range, "12-34", whichever dash the source has. Other texts of pages stay as they are. */
export function pageRange(first: string | undefined, last?: string | undefined): string | undefined {
  if (first === undefined || last === undefined) return hyphenated(first ?? last);
  return /[-–—]/.test(first) ? hyphenated(first) : `${first}-${last}`;
}

/** The first and last page of a range; undefined if the text is not a range. */
export function pageEnds(pages: string): readonly [string, string] | undefined {
  const [, first, last] = /^([^\s,;–—-]+)-([^\s,;–—-]+)$/.exec(pages) ?? [];
  return first === undefined ? undefined : [first, last!];
}

function hyphenated(pages: string | undefined): string | undefined {
  return pages?.replace(/(?<=[\w.)])(?:-{1,3}|[–—‐‑])(?=[\w.(])|(?<=\d)\s+(?:-{1,3}|[–—])\s+(?=\d)/gu, '-');
}
