import { useId, useRef } from 'preact/hooks';
import { MAX_TAG } from '../../limits.ts';

interface TagsProps {
  readonly tags: readonly string[];
  /** The title of the paper in plain text. */
  readonly title: string;
  /** Tags of other papers, which are offered. */
  readonly known: readonly string[];
  readonly onAdd: (tag: string) => void;
  readonly onRemove: (tag: string) => void;
}

/** The tags of a paper, and a field that adds one. */
export function CollectionTags({ tags, title, known, onAdd, onRemove }: TagsProps) {
  const field = useRef<HTMLInputElement>(null);
  const list = useId();
  return (
    <div class="collection-tags">
      {tags.length > 0 && (
        <ul aria-label={`Tags of “${title}”`}>
          {tags.map((tag) => (
            <li key={tag} class="tag">
              {tag}
              <button
                type="button"
                aria-label={`Remove the tag ${tag} from “${title}”`}
                onClick={() => {
                  onRemove(tag);
                  field.current?.focus();
                }}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const tag = field.current!.value.trim();
          if (tag !== '') onAdd(tag);
          field.current!.value = '';
        }}
      >
        <input
          ref={field}
          aria-label={`Add a tag to “${title}”`}
          placeholder="Add a tag"
          list={list}
          maxLength={MAX_TAG}
          autocomplete="off"
        />
        <datalist id={list}>
          {known.map((tag) => (
            <option key={tag} value={tag} />
          ))}
        </datalist>
      </form>
    </div>
  );
}
