import { PaperSearchError } from '../../errors.ts';

/** Decides where requests may go. */
export class AllowedUrls {
  readonly #prefixes: readonly URL[];
  readonly #base: URL | undefined;

  /**
   * @param prefixes the addresses of a service: https URLs; what is below their paths is allowed.
   * @param base replaces the services, each at a path of its host's name. Only for tests, so only at a
   *   loopback address: other hosts cannot be reached by it.
   * @throws PaperSearchError BAD_REQUEST for a base that is not at a loopback address.
   */
  constructor(prefixes: readonly string[], base?: string) {
    this.#prefixes = prefixes.map((prefix) => new URL(prefix));
    this.#base = base ? loopback(base) : undefined;
  }

  /**
   * The address that a request for `url` is sent to: that one, or its place at the base.
   * @throws PaperSearchError FETCH_REFUSED for a URL that does not belong to the service.
   */
  resolve(url: URL): URL {
    if (this.#base && url.origin === this.#base.origin) return url;
    if (
      url.username !== '' ||
      url.password !== '' ||
      !this.#prefixes.some((prefix) => isBelow(url, prefix))
    ) {
      const hosts = [...new Set(this.#prefixes.map(({ host }) => host))].join(', ');
      const message = `Refused to follow to ${url.origin}: this service is asked at ${hosts} over https only.`;
      throw new PaperSearchError('FETCH_REFUSED', message, { details: { url: url.origin } });
    }
    return this.#base ? new URL(`/${url.host}${url.pathname}${url.search}`, this.#base) : url;
  }
}

function isBelow(url: URL, prefix: URL): boolean {
  // The host has the port in it; parsing has resolved dots in the path, but not encoded slashes.
  return (
    url.protocol === 'https:' &&
    url.host === prefix.host &&
    url.pathname.startsWith(prefix.pathname) &&
    !/%2f|%5c/i.test(url.pathname)
  );
}

function loopback(base: string): URL {
  const url = URL.canParse(base) ? new URL(base) : undefined;
  // A name, even localhost, could be made to lead elsewhere.
  if (url?.protocol === 'http:' && /^(?:127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname)) return url;
  const message = `PAPER_SEARCH_FETCH_BASE is for tests: expected a loopback address (http://127.0.0.1:…), got "${base}".`;
  throw new PaperSearchError('BAD_REQUEST', message);
}
