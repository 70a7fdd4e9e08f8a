type Keys = readonly (readonly [keys: readonly string[], does: string])[];

/** Shortcuts by where they work. */
const KEYS: readonly (readonly [place: string, keys: Keys])[] = [
  [
    'Everywhere',
    [
      [['/'], 'go to the search field'],
      [['Esc'], 'leave the field or close a dialog'],
      [['?'], 'show this list'],
    ],
  ],
  [
    'In a list',
    [
      [['j', '↓'], 'next paper'],
      [['k', '↑'], 'previous paper'],
      [['Enter', 'o'], 'open the paper'],
      [['x'], 'add to the collection, or remove'],
      [['a'], 'show the whole abstract'],
      [['e'], 'why it matched'],
      [['n', 'p'], 'next or previous page'],
    ],
  ],
  [
    'On the page of a paper',
    [
      [['j', 'k'], 'next or previous related paper'],
      [['Enter', 'o'], 'open the related paper'],
      [['x'], 'collect the related paper with the focus, or this paper'],
      [['c'], 'cite'],
      [['u', '⌫'], 'back to the results'],
      [['[', ']'], 'previous or next result'],
    ],
  ],
  [
    'While screening a review',
    [
      [['i', 'e', 'm'], 'include, exclude, maybe'],
      [['1', '9'], 'tick a reason to exclude, the first to the ninth'],
      [['r'], 'go to the reasons'],
      [['n'], 'go to the note; Ctrl+Enter or Esc leaves it'],
      [['u'], 'take back the last decision'],
      [['w'], 'why this paper comes now'],
    ],
  ],
];

/** The list of shortcuts. */
export function KeysList() {
  return (
    <>
      {KEYS.map(([place, keys]) => (
        <section key={place}>
          <h3>{place}</h3>
          <dl>
            {keys.map(([names, does]) => (
              <div key={does}>
                <dt>
                  {names.map((name) => (
                    <kbd key={name}>{name}</kbd>
                  ))}
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </>
  );
}
