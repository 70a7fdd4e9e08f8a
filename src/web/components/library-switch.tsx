import { useEffect, useRef } from 'preact/hooks';
import type { ServedLibraries } from '../api.ts';
import { LIBRARY_NAME } from '../library.ts';

/** The library that the page shows, and links to the others. */
export function LibrarySwitch({ served }: { readonly served: ServedLibraries }) {
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const closeOutside = ({ target }: Event) => {
      if (details.current?.open && !details.current.contains(target as Node)) details.current.open = false;
    };
    document.addEventListener('click', closeOutside);
    return () => document.removeEventListener('click', closeOutside);
  }, []);
  const current = LIBRARY_NAME ?? served.default;
  const close = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !details.current?.open) return;
    details.current.open = false;
    details.current.querySelector('summary')?.focus();
    event.stopPropagation();
  };
  return (
    <details class="library-switch" ref={details} onKeyDown={close}>
      <summary>
        <span class="visually-hidden">Library: </span>
        <span class="library-name">{current}</span>
      </summary>
      <ul>
        {served.libraries.map(({ name, papers, error }) => (
          <li key={name}>
            <a href={pageOf(name, served.default)} aria-current={name === current ? 'true' : undefined}>
              <span class="library-name">{name}</span>{' '}
              <span class="library-size">
                {error ? 'cannot be used now' : `${papers?.toLocaleString('en')} papers`}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** A whole URL, since paths lead into the library that the page shows. */
function pageOf(name: string, byDefault: string): string {
  return `${location.origin}${name === byDefault ? '' : `/libraries/${name}`}/`;
}
