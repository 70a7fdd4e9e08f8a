import { type RequestHandler, Router } from 'express';
import type { PageFiles } from '../page-files.ts';

/**
 * What the page may load: only our own files, nothing inline or evaluated. Text of a paper cannot run as a script, even
 * if it were not escaped.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * Headers that browsers read of documents only. Scripts and styles go without them: with a dozen files of the first view, they
 * would be an eighth of its bytes. Pictures keep them, since an SVG file can be opened as a document.
 */
const OF_DOCUMENTS = [
  'Content-Security-Policy',
  'Cross-Origin-Opener-Policy',
  'Origin-Agent-Cluster',
  'X-DNS-Prefetch-Control',
  'X-Download-Options',
  'X-Frame-Options',
  'X-Permitted-Cross-Domain-Policies',
  'X-XSS-Protection',
];

/** The URLs of views. An id of a paper may contain slashes. */
const VIEWS = [
  '/paper/*id',
  '/collection',
  '/shared/:secret',
  '/map',
  '/schedule',
  '/watches',
  '/reviews{/*rest}',
];
/** Former URLs of views, which may be bookmarked. */
const REDIRECTS = { '/tray': '/collection', '/programme': '/schedule' } as const;
const ENCODINGS = ['br', 'gzip'] as const;
const ONE_YEAR = 'public, max-age=31536000, immutable';

/**
 * Serves the web page of a library: HTML for its views and, at `/`, for clients that accept HTML.
 * @param library its path, such as `/libraries/vision`; empty for the default one.
 */
export function pageViews(page: PageFiles, library: string): Router {
  const router = Router();
  const html = page.html.toString().replace('"/opensearch.xml"', `"${library}/opensearch.xml"`);
  const sendPage: RequestHandler = (_request, response) => {
    response.set('Content-Security-Policy', CONTENT_SECURITY_POLICY);
    response.set('Cache-Control', 'no-cache');
    response.type('html').send(html);
  };
  router.get('/', (request, response, next) => {
    response.vary('Accept');
    if (request.accepts(['json', 'html']) === 'html') sendPage(request, response, next);
    else next();
  });
  router.get(VIEWS, sendPage);
  for (const [from, to] of Object.entries(REDIRECTS)) {
    router.get(from, (request, response) => {
      response.redirect(308, request.baseUrl + request.url.replace(from, to));
    });
  }
  return router;
}

/** Sends readers of the default library from its long URLs to the short ones, so that each view has one URL. */
export function shortPage(): Router {
  const router = Router();
  router.get(['/', ...VIEWS, ...Object.keys(REDIRECTS)], (request, response, next) => {
    if (request.path === '/' && request.accepts(['json', 'html']) !== 'html') next();
    else response.vary('Accept').redirect(302, request.url);
  });
  return router;
}

/** Serves the files that the web page loads, which are cached without revalidation. */
export function pageAssets({ assets }: PageFiles): Router {
  const router = Router();
  router.get('/assets/:name', (request, response, next) => {
    const asset = assets.get(request.params.name);
    if (!asset) return next();
    const accepted = request.acceptsEncodings([...ENCODINGS, 'identity']);
    const encoding = ENCODINGS.find((name) => name === accepted);
    response.vary('Accept-Encoding');
    response.set('Cache-Control', ONE_YEAR);
    if (/\.(?:js|css)$/.test(request.params.name)) {
      for (const header of OF_DOCUMENTS) response.removeHeader(header);
    }
    if (encoding) response.set('Content-Encoding', encoding);
    response.set('Content-Type', asset.type).send(encoding ? asset[encoding] : asset.plain);
  });
  return router;
}
