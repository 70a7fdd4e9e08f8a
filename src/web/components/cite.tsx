import { useState } from 'preact/hooks';
import type { Paper } from '../../papers/paper.ts';
import { announce } from '../announce.tsx';
import { api } from '../api.ts';
import { exportPath } from '../paths.ts';
import { useRequest } from '../use-request.ts';
import { CITE_ID } from './paper-actions.tsx';
import { Failure, Skeleton } from './states.tsx';

const FORMATS = [
  { extension: 'bib', name: 'BibTeX' },
  { extension: 'ris', name: 'RIS' },
  { extension: 'txt', name: 'Plain text' },
] as const;

const REFUSED = 'The browser does not allow copying: select the text instead.';

interface CiteProps {
  readonly paper: Paper;
  /** Whether it is shown; a citation is requested only then. */
  readonly open: boolean;
}

/** Citations of the paper, to copy or to save as a file; folded at first. */
export function Cite({ paper, open }: CiteProps) {
  return (
    <section id={CITE_ID} aria-label="Cite" class="cite" hidden={!open}>
      {open && <Citation paper={paper} />}
    </section>
  );
}

function Citation({ paper: { id } }: { paper: Paper }) {
  const [extension, setExtension] = useState<(typeof FORMATS)[number]['extension']>('bib');
  const [copied, setCopied] = useState<'yes' | 'refused'>();
  const path = exportPath(id, extension);
  const { data, error, loading, retry } = useRequest(`cite ${path}`, (signal) => api.text(path, signal));
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(data ?? '');
      setCopied('yes');
      announce('Copied.');
    } catch {
      // Browsers allow copying only over HTTPS or on localhost.
      setCopied('refused');
      announce(REFUSED);
    }
  };
  return (
    <>
      <fieldset class="segmented">
        <legend class="visually-hidden">Format</legend>
        {FORMATS.map((format) => (
          <label key={format.extension}>
            <input
              type="radio"
              name="cite-format"
              checked={format.extension === extension}
              onChange={() => {
                setExtension(format.extension);
                setCopied(undefined);
              }}
            />
            <span>{format.name}</span>
          </label>
        ))}
      </fieldset>
      {error ? (
        <Failure error={error} retry={retry} />
      ) : loading || data === undefined ? (
        <Skeleton lines={3} />
      ) : (
        <>
          <pre>{data}</pre>
          <div class="cite-actions">
            <button type="button" onClick={copy}>
              {copied === 'yes' ? 'Copied' : 'Copy'}
            </button>
            <a href={`/v1${path}`} download>
              Save as a file
            </a>
            {copied === 'refused' && <span>{REFUSED}</span>}
          </div>
        </>
      )}
    </>
  );
}
