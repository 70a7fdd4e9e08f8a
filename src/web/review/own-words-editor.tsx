import { useState } from 'preact/hooks';
import { asApiError } from '../use-watches.ts';
import { inkOn, type OwnWord } from './own-words.ts';

interface OwnWordsEditorProps {
  readonly words: readonly OwnWord[];
  /** Keeps other words. Rejects where that fails. */
  readonly onChange: (words: readonly OwnWord[]) => Promise<void>;
}

const COLOURS = { for: '#b7e4c7', against: '#f6c1b4' } as const;

/** The reviewer's own words that are marked in titles and abstracts, with their colours. */
export function OwnWordsEditor({ words, onChange }: OwnWordsEditorProps) {
  const [side, setSide] = useState<'for' | 'against'>('for');
  const [color, setColor] = useState<string>();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string>();
  const change = async (next: readonly OwnWord[]): Promise<boolean> => {
    setProblem(undefined);
    try {
      await onChange(next);
      return true;
    } catch (thrown) {
      setProblem(`Not saved: ${asApiError(thrown).message}`);
      return false;
    }
  };
  const add = async (event: SubmitEvent) => {
    event.preventDefault();
    const word = text.trim();
    if (word === '') return;
    const others = words.filter((each) => each.text.toLowerCase() !== word.toLowerCase());
    const added = { text: word, for: side === 'for', color: color ?? COLOURS[side] };
    if (await change([...others, added])) setText('');
  };
  return (
    <div class="own-words">
      <ul>
        {words.map((word) => (
          <li key={word.text}>
            <span
              class={`own-word ${word.for ? 'mark-for' : 'mark-against'}`}
              style={word.color ? { backgroundColor: word.color, color: inkOn(word.color) } : undefined}
            >
              {word.text}
            </span>
            <span class="visually-hidden">{word.for ? ' for including' : ' against including'}</span>
            <button
              type="button"
              class="link-button"
              aria-label={`Remove the word “${word.text}”`}
              onClick={() => void change(words.filter((each) => each !== word))}
            >
              Remove
            </button>
          </li>
        ))}
      </ul>
      <form onSubmit={(event) => void add(event)}>
        <label>
          <span>Word to mark (ends with * for all endings)</span>
          <input value={text} maxLength={100} onInput={({ currentTarget }) => setText(currentTarget.value)} />
        </label>
        <label>
          <span>It speaks</span>
          <select
            value={side}
            onChange={({ currentTarget }) => setSide(currentTarget.value === 'for' ? 'for' : 'against')}
          >
            <option value="for">for including</option>
            <option value="against">against</option>
          </select>
        </label>
        <label>
          <span>Colour</span>
          <input
            type="color"
            value={color ?? COLOURS[side]}
            onInput={({ currentTarget }) => setColor(currentTarget.value)}
          />
        </label>
        <button type="submit">Mark it</button>
      </form>
      {problem !== undefined && <p role="alert">{problem}</p>}
    </div>
  );
}
