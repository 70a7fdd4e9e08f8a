import { describe, expect, test } from 'vitest';
import { decoderFor } from '../../../src/papers/read/encoding.ts';

/** Decodes bytes in pieces of a length. */
function decode(bytes: Uint8Array, pieceLength: number) {
  const decoder = decoderFor(bytes.subarray(0, 512));
  let text = '';
  for (let at = 0; at < bytes.length; at += pieceLength)
    text += decoder.decode(bytes.subarray(at, at + pieceLength));
  return { text: text + decoder.end(), note: decoder.note };
}

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const xml = (encoding: string) => Buffer.from(`<?xml version="1.0" encoding="${encoding}"?>`);
const guessed = { encoding: 'windows-1252', found: 'guessed' };

describe('a text in any pieces', () => {
  test.each<[string, Uint8Array, string, object | undefined]>([
    ['UTF-8', Buffer.from('Müller 𝒪 naïve'), 'Müller 𝒪 naïve', undefined],
    ['UTF-8 with a mark', Buffer.from('\ufeffMüller'), 'Müller', undefined],
    ['Latin-1', latin1('Müller, Sánchez é'), 'Müller, Sánchez é', guessed],
    ['quotes of Windows-1252', Buffer.from([0x93, 0x61, 0x94, 0x96, 0x80]), '“a”–€', guessed],
    [
      'UTF-8 with pasted Latin-1',
      Buffer.concat([Buffer.from('Müller '), latin1('Sánchez'), Buffer.from(' Łukasz')]),
      'Müller Sánchez Łukasz',
      { encoding: 'windows-1252', found: 'stray-bytes' },
    ],
    [
      'UTF-8 with damage',
      Buffer.concat([Buffer.from('ü'), Buffer.from([0x80, 0x41])]),
      'ü\ufffdA',
      undefined,
    ],
    ['a character for what was lost', Buffer.from('a\ufffdb'), 'a\ufffdb', undefined],
    [
      'UTF-16 without a mark',
      Buffer.from('TY  - JOUR Müller', 'utf16le'),
      'TY  - JOUR Müller',
      { encoding: 'utf-16le', found: 'guessed' },
    ],
    [
      'XML that declares Latin-1',
      Buffer.concat([xml('ISO-8859-1'), latin1('<a>ü</a>')]),
      '<?xml version="1.0" encoding="ISO-8859-1"?><a>ü</a>',
      guessed,
    ],
    [
      'XML that declares another encoding',
      Buffer.concat([xml('windows-1251'), Buffer.from([0xcf, 0xf0])]),
      '<?xml version="1.0" encoding="windows-1251"?>Пр',
      undefined,
    ],
    [
      'XML that declares UTF-8',
      Buffer.concat([xml('UTF-8'), Buffer.from('ü')]),
      '<?xml version="1.0" encoding="UTF-8"?>ü',
      undefined,
    ],
    [
      'XML that declares nonsense',
      Buffer.concat([xml('x-none'), Buffer.from('ü')]),
      '<?xml version="1.0" encoding="x-none"?>ü',
      undefined,
    ],
  ])('is read as %s', (_, bytes, text, note) => {
    for (const length of [1, 2, 3, 5, 1000]) expect(decode(bytes, length)).toEqual({ text, note });
  });
});
