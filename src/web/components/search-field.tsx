import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Suggestion } from '../../search/suggest/values.ts';
import { counted } from '../format.ts';
import { useKeys } from '../keys.ts';
import { PlainText } from '../spans.tsx';
import { useSuggestions } from '../use-suggestions.ts';
import { SearchTips } from './search-tips.tsx';

const KIND_NAMES = { title: 'paper', author: 'author', keyword: 'keyword', identifier: 'paper' } as const;

/** Time after which a click has followed its pointer, in milliseconds. */
const CLICK_MS = 50;

interface SearchFieldProps {
  readonly value: string;
  readonly label: string;
  readonly placeholder: string;
  /** Whether it gets the focus when it appears. */
  readonly autoFocus: boolean;
  /** Called on every change. */
  readonly onType: (text: string) => void;
  /** Called with a text that the reader is about to complete. Default: there are no tips with examples. */
  readonly onPrepare?: (text: string) => void;
  /** Called on Enter and on the button. */
  readonly onCommit: (text: string) => void;
  /** Called when a suggestion is chosen. */
  readonly onChoose: (suggestion: Suggestion) => void;
  /** Called for the arrow down when no suggestions are open. */
  readonly onLeaveDown: () => void;
}

/** The search field: an editable combobox with a list of suggestions (ARIA Authoring Practices, combobox). */
export function SearchField(props: SearchFieldProps) {
  const { value, label, placeholder, autoFocus, onType, onPrepare, onCommit, onChoose, onLeaveDown } = props;
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const [typing, setTyping] = useState(false);
  const [active, setActive] = useState(-1);
  const suggestions = useSuggestions(typing ? value : '');
  const open = typing && suggestions.length > 0;

  useEffect(() => {
    if (autoFocus) input.current?.focus({ preventScroll: true });
  }, []);
  useKeys({
    '/': () => {
      input.current?.focus();
      input.current?.select();
    },
  });

  const close = () => {
    setTyping(false);
    setActive(-1);
  };
  const choose = (suggestion: Suggestion) => {
    close();
    onChoose(suggestion);
  };
  const isPointerDown = useIsPointerDown();
  const closeOnBlur = () => {
    // The list moves what is below it. A click there must not lose its target between the button's going down and up.
    if (!isPointerDown.current) return close();
    const once = { once: true };
    document.addEventListener('pointerup', () => setTimeout(close, CLICK_MS), once);
    document.addEventListener('pointercancel', close, once);
  };
  const insert = (example: string, replaced: string) => {
    const text = `${value.trimEnd()} ${example}`.trimStart();
    const from = text.length - example.length + example.indexOf(replaced);
    const field = input.current!;
    // Now, so that the part to replace can be selected.
    field.value = text;
    onPrepare!(text);
    field.focus();
    field.setSelectionRange(from, from + replaced.length);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) {
        if (event.key === 'ArrowDown') onLeaveDown();
        return;
      }
      // The field itself is one more position.
      const places = suggestions.length + 1;
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive(((active + 1 + step + places) % places) - 1);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const chosen = open ? suggestions[active] : undefined;
      if (chosen) choose(chosen);
      else {
        close();
        onCommit(value);
      }
    } else if (event.key === 'Escape') {
      event.preventDefault();
      if (open) close();
      else input.current?.blur();
    }
  };

  return (
    <search>
      <form
        class="search-field"
        onSubmit={(event) => {
          event.preventDefault();
          close();
          onCommit(value);
        }}
      >
        <input
          ref={input}
          type="search"
          // The types of a combobox require it; the list is our own.
          list={undefined}
          // biome-ignore lint/a11y/noRedundantRoles: only a list attribute implies the role
          role="combobox"
          aria-label={label}
          aria-autocomplete="list"
          aria-expanded={open}
          aria-controls={listId}
          aria-activedescendant={open && active >= 0 ? `${listId}-${active}` : undefined}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          enterkeyhint="search"
          maxLength={8000}
          placeholder={placeholder}
          value={value}
          onInput={(event) => {
            setTyping(true);
            setActive(-1);
            onType(event.currentTarget.value);
          }}
          onKeyDown={onKeyDown}
          onBlur={closeOnBlur}
        />
        {onPrepare && <SearchTips onPick={insert} />}
        <button type="submit">Search</button>
      </form>
      <div id={listId} role="listbox" aria-label="Suggestions" class="suggestions" hidden={!open}>
        {open &&
          suggestions.map((suggestion, i) => (
            // The field keeps the focus and the keys; options are referenced by aria-activedescendant.
            <div
              key={`${suggestion.kind} ${suggestion.text}`}
              id={`${listId}-${i}`}
              role="option"
              tabIndex={-1}
              aria-selected={i === active}
              onMouseDown={(event) => {
                event.preventDefault();
                choose(suggestion);
              }}
            >
              <span class="suggestion-text">
                <PlainText text={suggestion.text} />
                {suggestion.kind === 'identifier' && (
                  <>
                    {' '}
                    <PlainText text={suggestion.title} />
                  </>
                )}
              </span>
              <span class="suggestion-kind">
                {KIND_NAMES[suggestion.kind]}
                {'count' in suggestion && `, ${counted(suggestion.count, 'paper')}`}
              </span>
            </div>
          ))}
      </div>
    </search>
  );
}

/** Whether a button of the pointer is down, or a finger is on the screen. */
function useIsPointerDown(): { readonly current: boolean } {
  const isDown = useRef(false);
  useEffect(() => {
    const stop = new AbortController();
    const set = (value: boolean) => () => {
      isDown.current = value;
    };
    const options = { capture: true, signal: stop.signal };
    document.addEventListener('pointerdown', set(true), options);
    document.addEventListener('pointerup', set(false), options);
    document.addEventListener('pointercancel', set(false), options);
    return () => stop.abort();
  }, []);
  return isDown;
}
