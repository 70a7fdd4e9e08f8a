import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PackedTexts, packTexts } from '../../../src/indexes/binary/packed-texts.ts';
import { TextWriter } from '../../../src/indexes/binary/text-writer.ts';

const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 6 }), { maxLength: 8 });

test('packs texts given alone, as bytes, as part of others, and taken back, as all at once', () => {
  fc.assert(
    fc.property(texts, texts, texts, fc.nat(8), fc.nat(8), (own, others, last, a, b) => {
      const [first, end] = [Math.min(a, b, others.length), Math.min(Math.max(a, b), others.length)];
      const writer = new TextWriter();
      for (const [n, text] of own.entries()) writer.push(n % 2 === 0 ? text : Buffer.from(text));
      writer.append(packTexts(others), first, end);
      writer.push('taken back');
      writer.pop();
      for (const text of last) writer.push(text);
      const all = [...own, ...others.slice(first, end), ...last];
      expect(writer.size).toBe(all.length);
      for (const arrays of [writer.trimmed(), writer.take()]) {
        const packed = new PackedTexts(arrays);
        expect(all.map((_, number) => packed.at(number))).toEqual(all);
        expect(packed.size).toBe(all.length);
      }
      expect(writer.size).toBe(0);
    }),
  );
});
