import { useRef, useState } from 'preact/hooks';
import { announce } from '../announce.tsx';
import { shelf } from '../shelf/shelf.ts';
import { Notice } from './states.tsx';

/** Adds the papers of a file to the current collection, with what the file says about them. */
export function CollectionImport() {
  const field = useRef<HTMLInputElement>(null);
  const [notice, setNotice] = useState<string | undefined>(undefined);
  const read = async (file: File) => {
    setNotice(undefined);
    const told = await shelf.import(file);
    setNotice(told);
    announce(told);
  };
  return (
    <div class="collection-import">
      <input
        ref={field}
        type="file"
        class="visually-hidden"
        tabIndex={-1}
        aria-label="File to import"
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          if (file) void read(file);
          // The same file can be chosen again.
          currentTarget.value = '';
        }}
      />
      <button type="button" onClick={() => field.current?.click()}>
        Import a file…
      </button>
      <div role="status">{notice !== undefined && <Notice>{notice}</Notice>}</div>
    </div>
  );
}
