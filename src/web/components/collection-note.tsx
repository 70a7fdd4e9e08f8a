import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { MAX_NOTE } from '../../limits.ts';

interface NoteProps {
  readonly note: string;
  /** The title of the paper in plain text. */
  readonly title: string;
  readonly onSave: (note: string) => void;
}

/** The note on a paper, edited in its place: Ctrl+Enter saves it, Escape leaves it as it was. */
export function CollectionNote({ note, title, onSave }: NoteProps) {
  const [isOpen, setOpen] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  // Before the next key is pressed.
  useLayoutEffect(() => {
    if (isOpen) field.current?.focus();
    else if (wasOpen.current) button.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  if (!isOpen) {
    return (
      <div class="collection-note">
        {note !== '' && <p class="note-text">{note}</p>}
        <button
          ref={button}
          type="button"
          class="link-button"
          aria-label={`${note === '' ? 'Add a note' : 'Edit the note'} on “${title}”`}
          onClick={() => setOpen(true)}
        >
          {note === '' ? 'Add a note' : 'Edit the note'}
        </button>
      </div>
    );
  }
  const save = () => {
    const written = field.current!.value.trim();
    if (written !== note) onSave(written);
    setOpen(false);
  };
  return (
    <form
      class="collection-note"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setOpen(false);
        else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <textarea
        ref={field}
        rows={4}
        maxLength={MAX_NOTE}
        aria-label={`Note on “${title}”`}
        defaultValue={note}
      />
      <div>
        <button type="submit">Save</button>
        <button type="button" class="link-button" onClick={() => setOpen(false)}>
          Cancel
        </button>
      </div>
    </form>
  );
}
