import { escapeUTF8 } from 'entities';
import { citationNotes } from '../../../papers/citation-note.ts';
import type { Paper } from '../../../papers/paper.ts';
import { paperPage } from '../../../papers/write/atom.ts';
import { firstWords } from '../../../text/shorten.ts';
import { markedTitle, type PaperFeed } from './search-feed.ts';

/** Length of the abstracts that are shown, in UTF-16 code units. */
const MAX_SHOWN = 400;
/** Authors that are named. */
const MAX_NAMED = 4;

/** Renders a feed as a page for people who open its address in a browser; without scripts, with the style sheet of the docs. */
export function feedPage(feed: PaperFeed): string {
  const { title, remark, papers, byArrival, total, offset, base, links } = feed;
  const range = papers.length === 0 ? '' : `${offset + 1}–${offset + papers.length} of `;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Feed · ${escapeUTF8(title)}</title>
<link rel="stylesheet" href="${escapeUTF8(base)}/docs.css">
<link rel="alternate" type="application/atom+xml" href="${escapeUTF8(links.first)}" title="${escapeUTF8(title)}">
</head>
<body>
<header><h1>${escapeUTF8(title)}</h1>
<p>This is a feed: a list that a feed reader looks at again and again, to show you the papers that are new. To follow it, copy
its address into your feed reader:</p>
<p><code class="address">${escapeUTF8(links.first)}</code></p>
<p><a href="${escapeUTF8(links.alternate)}">Open the search page</a></p>
${remark === undefined ? '' : `<p class="quiet">${escapeUTF8(remark)}</p>\n`}</header>
<main>
<h2>Papers${byArrival ? ', the latest arrivals first' : ''}</h2>
<p class="quiet">${range}${total} ${total === 1 ? 'paper' : 'papers'}</p>
<ol class="entries" start="${offset + 1}">
${papers.map((paper) => entryHtml(paper, base)).join('\n')}
</ol>
${pagesHtml(links)}</main>
</body>
</html>
`;
}

function pagesHtml({ first, previous, next }: PaperFeed['links']): string {
  const pages = [
    ...(previous === undefined ? [] : [linkHtml(first, 'Latest'), linkHtml(previous, 'Newer')]),
    ...(next === undefined ? [] : [linkHtml(next, 'Older')]),
  ];
  if (pages.length === 0) return '';
  const items = pages.map((link) => `<li>${link}</li>`).join('');
  return `<nav aria-label="Pages"><ul>${items}</ul></nav>\n`;
}

function entryHtml(paper: Paper, base: string): string {
  const { authors, venue, year, date, urls, added } = paper;
  const names =
    authors.length > MAX_NAMED ? [...authors.slice(0, MAX_NAMED), '…'].join(', ') : authors.join(', ');
  const facts = [names, venue, date ?? year].filter((fact) => fact !== undefined && fact !== '');
  const text = [...citationNotes(paper), paper.abstract].filter(Boolean).join(' ');
  const links = [
    ...(isWeb(urls.landing) ? [linkHtml(urls.landing, 'Source')] : []),
    ...(isWeb(urls.pdf) ? [linkHtml(urls.pdf, 'PDF')] : []),
  ];
  const about = [added && `Added ${timeHtml(added)}`, ...links].filter(Boolean).join(' · ');
  return `<li><article><h3>${linkHtml(paperPage(paper, base), markedTitle(paper))}</h3>
<p>${escapeUTF8(facts.join(' · '))}</p>
<p>${escapeUTF8(firstWords(text, MAX_SHOWN))}</p>
<p class="quiet">${about}</p></article></li>`;
}

function timeHtml(instant: string): string {
  const text = instant.slice(0, 16).replace('T', ' ');
  return `<time datetime="${escapeUTF8(instant)}">${escapeUTF8(text)} UTC</time>`;
}

function linkHtml(href: string, text: string): string {
  return `<a href="${escapeUTF8(href)}">${escapeUTF8(text)}</a>`;
}

function isWeb(url: string | undefined): url is string {
  return url !== undefined && /^https?:\/\//i.test(url);
}
