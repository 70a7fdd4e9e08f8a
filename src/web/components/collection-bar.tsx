import { useEffect, useRef, useState } from 'preact/hooks';
import { MAX_COLLECTION_NAME } from '../../limits.ts';
import { shelf, useShelf } from '../shelf/shelf.ts';
import { Notice } from './states.tsx';

/** Chooses the current collection, and creates, renames and deletes collections; undo and redo. */
export function CollectionBar() {
  const { choices = [], current, canUndo, canRedo, deleted, error, isUnstored } = useShelf();
  const [naming, setNaming] = useState<'new' | 'rename' | undefined>(undefined);
  return (
    <>
      <div class="collection-bar">
        {choices.length > 1 && (
          <select
            class="collection-chooser"
            aria-label="Collection"
            value={current?.id}
            onChange={(event) => void shelf.choose(event.currentTarget.value)}
          >
            {choices.map(({ id, name, papers }) => (
              <option key={id} value={id}>
                {name} ({papers})
              </option>
            ))}
          </select>
        )}
        <button type="button" onClick={() => setNaming('new')}>
          New collection
        </button>
        {current && (
          <>
            <button type="button" onClick={() => setNaming('rename')}>
              Rename
            </button>
            <button type="button" onClick={() => void shelf.delete()}>
              Delete
            </button>
            <button type="button" disabled={!canUndo} onClick={() => void shelf.undo()}>
              Undo
            </button>
            <button type="button" disabled={!canRedo} onClick={() => void shelf.redo()}>
              Redo
            </button>
          </>
        )}
      </div>
      {naming && (
        <NameForm
          key={naming}
          label={naming === 'new' ? 'Name of the new collection' : 'New name'}
          name={naming === 'new' ? '' : (current?.name ?? '')}
          onSave={async (name) => {
            const isDone = await (naming === 'new'
              ? shelf.create(name)
              : shelf.change({ type: 'described', name: name.trim() }));
            if (isDone) setNaming(undefined);
          }}
          onCancel={() => setNaming(undefined)}
        />
      )}
      <div role="status">
        {error !== undefined && <Notice kind="weak">{error}</Notice>}
        {isUnstored && (
          <Notice kind="weak">
            This browser cannot store more: its storage is full or disabled. What you change now is lost when
            you close this page. Export the collection to keep it.
          </Notice>
        )}
        {deleted && (
          <Notice>
            “{deleted.name}” was deleted.{' '}
            <button type="button" class="link-button" onClick={() => void shelf.restore()}>
              Restore it
            </button>
          </Notice>
        )}
      </div>
    </>
  );
}

interface NameFormProps {
  readonly label: string;
  readonly name: string;
  readonly onSave: (name: string) => void;
  readonly onCancel: () => void;
}

function NameForm({ label, name, onSave, onCancel }: NameFormProps) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  return (
    <form
      class="collection-name-form"
      onSubmit={(event) => {
        event.preventDefault();
        onSave(field.current!.value);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel();
      }}
    >
      <label>
        {label}
        <input ref={field} defaultValue={name} maxLength={MAX_COLLECTION_NAME} required />
      </label>
      <button type="submit">Save</button>
      <button type="button" class="link-button" onClick={onCancel}>
        Cancel
      </button>
    </form>
  );
}
