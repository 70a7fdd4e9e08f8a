/** A key beside what it does; screen readers have it from `aria-keyshortcuts`. */
export function KeyName({ name }: { readonly name: string }) {
  return (
    <span class="key-name" aria-hidden="true">
      {name}
    </span>
  );
}
