import { useState } from 'preact/hooks';
import type { Review } from '../../review/service.ts';
import { announce } from '../announce.tsx';
import type { ServedFile } from '../api.ts';
import { Notice, Skeleton } from '../components/states.tsx';
import { counted, formatCount, formatInstant } from '../format.ts';
import { saveFile } from '../save-file.ts';
import { useTitle } from '../title.ts';
import { asApiError } from '../use-watches.ts';
import { ReviewFailure } from './gate.tsx';
import { ImportLabels } from './import-labels.tsx';
import { ProtocolForm } from './protocol-form.tsx';
import { reviewApi } from './requests.ts';
import { ReviewBar } from './review-bar.tsx';
import { SourceForm } from './source-form.tsx';
import { SvgDocument } from './svg-document.tsx';
import { useLoaded } from './use-review.ts';

/** Records of a review, by their names on the server. */
const RECORDS = [
  ['prisma.svg', 'PRISMA diagram (.svg)'],
  ['prisma.csv', 'PRISMA counts (.csv)'],
  ['prisma.json', 'PRISMA counts (.json)'],
  ['prisma-s.md', 'Search log, PRISMA-S (.md)'],
] as const;
/** Exports of the papers with their decisions, by the server's names of the formats. */
const EXPORTS = [
  ['ris', 'RIS', 'ris'],
  ['csv', 'CSV', 'csv'],
  ['bibtex', 'BibTeX', 'bib'],
  ['json', 'JSON', 'json'],
  ['asreview', 'ASReview project', 'asreview'],
] as const;

interface ReviewRecordsProps {
  readonly review: Review;
  readonly onChange: (review: Review) => void;
  /** Loads the review again: its counts have changed. */
  readonly reload: () => void;
}

/** What a review leaves: the PRISMA diagram, files, how its papers were chosen, and the protocol. */
export function ReviewRecords({ review, onChange, reload }: ReviewRecordsProps) {
  const { id, name, pool, poolOutdated, protocol, version } = review;
  const [said, setSaid] = useState('');
  const diagram = useLoaded(`prisma ${id} ${version}`, async () =>
    (await reviewApi.record(id, 'prisma.svg')).content.text(),
  );
  useTitle(`${name}: records`);
  const report = (message: string) => {
    setSaid(message);
    announce(message);
  };
  const save = async (file: string, ask: () => Promise<ServedFile>) => {
    try {
      saveFile((await ask()).content, file);
      report(`Saved as ${file}.`);
    } catch (thrown) {
      report(asApiError(thrown).message);
    }
  };
  const update = async () => {
    try {
      const next = await reviewApi.updatePool(id);
      const { added, removed } = next.pool.at(-1)!;
      onChange(next);
      report(
        `The pool is up to date: ${counted(added, 'paper')} came in, ${formatCount(removed)} left the index.`,
      );
    } catch (thrown) {
      report(`Not updated: ${asApiError(thrown).message}`);
    }
  };
  return (
    <div class="review review-records">
      <ReviewBar review={review} current="/records" />
      <div role="status">{said !== '' && <Notice>{said}</Notice>}</div>
      {poolOutdated && (
        <div class="notice notice-weak">
          <p>
            The index has changed since the papers were taken from it. New papers come in at their rank;
            papers that are no longer in the index are kept, and marked as removed.
          </p>
          <button type="button" onClick={() => void update()}>
            Update the pool
          </button>
        </div>
      )}
      <section aria-labelledby="prisma">
        <h2 id="prisma">PRISMA 2020 flow diagram</h2>
        {diagram.error ? (
          <ReviewFailure error={diagram.error} retry={diagram.reload} />
        ) : diagram.data === undefined ? (
          <Skeleton lines={9} />
        ) : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
          <section class="prisma-diagram" tabIndex={0} aria-label="The diagram">
            <SvgDocument text={diagram.data} />
          </section>
        )}
        <div class="buttons">
          {RECORDS.map(([record, label]) => (
            <button
              key={record}
              type="button"
              onClick={() => void save(`${id}-${record}`, () => reviewApi.record(id, record))}
            >
              {label}
            </button>
          ))}
        </div>
      </section>
      <section aria-labelledby="review-export">
        <h2 id="review-export">Papers with their decisions</h2>
        <div class="buttons">
          {EXPORTS.map(([format, label, extension]) => (
            <button
              key={format}
              type="button"
              onClick={() => void save(`${id}.${extension}`, () => reviewApi.export(id, format))}
            >
              {label}
            </button>
          ))}
          <ImportLabels
            review={id}
            onRead={(message) => {
              report(message);
              reload();
            }}
          />
        </div>
      </section>
      <section aria-labelledby="sources">
        <h2 id="sources">Searched sources</h2>
        {protocol.sources.length === 0 ? (
          <p>None are written down yet. The diagram then counts the files of the index.</p>
        ) : (
          <ul class="review-sources">
            {protocol.sources.map(({ name: source, kind, query, date, records }) => (
              <li key={`${source} ${date} ${query}`}>
                <strong>{source}</strong> ({kind}){date && `, ${date}`}
                {records !== undefined && `, ${counted(records, 'record')}`}
                {query && (
                  <>
                    : <code>{query}</code>
                  </>
                )}
              </li>
            ))}
          </ul>
        )}
        <SourceForm
          onAdd={async (source) => {
            onChange(await reviewApi.addSource(id, source));
            report(`Added the source ${source.name}.`);
          }}
        />
      </section>
      <section aria-labelledby="pool">
        <h2 id="pool">How the papers were chosen</h2>
        <ul class="review-sources">
          {pool.map(({ number, at, by, request, papers, added, removed, duplicates, records }) => (
            <li key={number}>
              {formatInstant(at)}, {by}:{' '}
              {request.query ? <>papers of the search “{request.query}”</> : 'papers of the index'}
              {request.filters && Object.keys(request.filters).length > 0 && ' with filters'};{' '}
              {formatCount(added)} added, {formatCount(removed)} removed, {counted(papers, 'paper')}{' '}
              afterwards
              {duplicates > 0 && `; ${counted(duplicates, 'duplicate')} merged`}
              {records.length > 0 &&
                `; from ${records.map((each) => `${each.source} (${counted(each.records, 'record')})`).join(', ')}`}
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="protocol">
        <h2 id="protocol">Protocol</h2>
        <p>The log keeps what it was before each change.</p>
        <ProtocolForm
          key={version}
          protocol={{ ...protocol, name }}
          action="Save the protocol"
          onSubmit={async (edited) => {
            onChange(await reviewApi.amend(id, edited));
            report('Saved the protocol.');
          }}
        />
      </section>
    </div>
  );
}
