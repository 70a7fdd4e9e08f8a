import { referenceUrl } from '../citations.ts';
import { counted } from '../format.ts';

const MAX_WORKS = 100;

interface OutsideWorksProps {
  readonly works: readonly { readonly reference: string; readonly note?: string | undefined }[];
}

/** Cited works that are not in the index, by their identifiers; folded at first. */
export function OutsideWorks({ works }: OutsideWorksProps) {
  if (works.length === 0) return null;
  return (
    <details class="outside-works">
      <summary>{counted(works.length, 'work')} not here</summary>
      <ul>
        {works.slice(0, MAX_WORKS).map(({ reference, note }) => {
          const url = referenceUrl(reference);
          return (
            <li key={reference}>
              {url === undefined ? (
                reference
              ) : (
                <a href={url} rel="noreferrer noopener">
                  {reference}
                </a>
              )}
              {note !== undefined && ` · ${note}`}
            </li>
          );
        })}
      </ul>
      {works.length > MAX_WORKS && <p>And {works.length - MAX_WORKS} more.</p>}
    </details>
  );
}
