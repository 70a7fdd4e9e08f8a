import { useEffect, useState } from 'preact/hooks';
import type { Suggestion } from '../search/suggest/values.ts';
import { api } from './api.ts';

const MAX_SUGGESTIONS = 6;
/** On a phone, where the keyboard takes half of the screen. */
const MAX_ON_PHONE = 4;
const PHONE = '(max-width: 34rem)';
/** Pause in typing before suggestions are requested, in milliseconds. */
const PAUSE_MS = 80;

/** Completions of a text that is being typed. If the request fails there are none: they are only a help. */
export function useSuggestions(text: string): readonly Suggestion[] {
  const [suggestions, setSuggestions] = useState<readonly Suggestion[]>([]);
  const asked = text.trim().length < 2 ? '' : text;
  useEffect(() => {
    if (asked === '') {
      setSuggestions([]);
      return;
    }
    const abort = new AbortController();
    const timer = setTimeout(() => {
      const most = matchMedia(PHONE).matches ? MAX_ON_PHONE : MAX_SUGGESTIONS;
      api.suggest(asked, most, abort.signal).then(
        (found) => {
          if (!abort.signal.aborted) setSuggestions(found);
        },
        () => {
          if (!abort.signal.aborted) setSuggestions([]);
        },
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [asked]);
  return suggestions;
}
