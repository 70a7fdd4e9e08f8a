import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';

interface DisclosureProps {
  readonly label: ComponentChildren;
  readonly class: string;
  /** What is shown, from the first time that it is open. @param close closes it; the focus stays where it is. */
  readonly children: (close: () => void) => ComponentChildren;
}

/** A button that shows a panel above the page. Escape, and leaving the panel, close it. */
export function Disclosure({ label, class: name, children }: DisclosureProps) {
  const details = useRef<HTMLDetailsElement>(null);
  const [wasOpen, setWasOpen] = useState(false);
  const close = () => {
    if (details.current) details.current.open = false;
  };
  return (
    <details
      ref={details}
      class={`disclosure ${name}`}
      onToggle={() => setWasOpen(true)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !details.current?.open) return;
        event.preventDefault();
        event.stopPropagation();
        close();
        details.current.querySelector('summary')?.focus();
      }}
      onFocusOut={({ relatedTarget }) => {
        // Without a target, the whole window lost the focus, or a text in the panel was clicked.
        if (relatedTarget instanceof Node && !details.current?.contains(relatedTarget)) close();
      }}
    >
      <summary>{label}</summary>
      <div class="disclosure-panel">{wasOpen && children(close)}</div>
    </details>
  );
}
