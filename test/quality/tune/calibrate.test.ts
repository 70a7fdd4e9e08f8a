import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { EncodeOptions, Encoder, EncoderInput } from '../../../src/encode/encoder.ts';
import { createLocalEncoder } from '../../../src/encode/local-encoder.ts';
import { BUNDLED_RANKING } from '../../../src/encode/model-info.ts';
import { addModel } from '../../../src/encode/models/add.ts';
import { infoOf, type Model } from '../../../src/encode/models/model.ts';
import { findModel, MODEL_FILE, modelOfIndex } from '../../../src/encode/models/registry.ts';
import { openSnapshot } from '../../../src/indexes/store/snapshot-reader.ts';
import { verifyIndex } from '../../../src/indexes/store/verify.ts';
import { ingest } from '../../../src/ingest/ingest.ts';
import { calibrate } from '../../../src/quality/tune/calibrate.ts';
import type { TuneProgress } from '../../../src/quality/tune/report.ts';
import { tune } from '../../../src/quality/tune/tune.ts';
import { openIndex } from '../../../src/search/open-index.ts';
import { HashingEncoder } from '../../support/hashing-encoder.ts';
import { NoiseEncoder } from '../../support/noise-encoder.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { writeTinyModel } from '../../support/tiny-model.ts';
import { topicRecords } from '../../support/topic-records.ts';

const record = topicRecords();
const RECORDS = Array.from({ length: 130 }, (_, n) => record(`p${String(n).padStart(3, '0')}`));

let models: string;
let folder: string;
let model: Model;

beforeEach(async () => {
  models = await temporaryFolder();
  folder = await temporaryFolder();
  vi.stubEnv('PAPER_SEARCH_MODELS', models);
  const from = join(folder, 'tiny');
  // As wide as the vectors of the encoders below.
  await writeTinyModel(from, { kind: 'embedding', hidden: 16 });
  model = await addModel('tiny', { from });
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** An index of records. @param encoder closed. */
async function indexWith(encoder: Encoder, records: readonly object[] = RECORDS): Promise<string> {
  const file = join(folder, 'papers.jsonl');
  await writeFile(file, records.map((one) => `${JSON.stringify(one)}\n`).join(''));
  const index = join(folder, 'index');
  await ingest([file], { index, encoder, corpusMap: false });
  await encoder.close();
  return index;
}

const encoderOf = (plain: Model) => createLocalEncoder({ model: plain });
const modelText = () => readFile(join(models, 'tiny', MODEL_FILE), 'utf8');

/** Vectors by which synonyms are equal in a title or a query, and which say nothing of a text. */
class TitleEncoder extends HashingEncoder {
  readonly #noise = new NoiseEncoder();

  override async encode(
    texts: readonly EncoderInput[],
    { onVector }: EncodeOptions = {},
  ): Promise<Float32Array> {
    const rows: number[] = [];
    for (const [n, text] of texts.entries()) {
      const [words, encoder] =
        typeof text === 'string' ? [text, super.encode] : text.body === '' ? [text.title, super.encode] : [];
      const row =
        words === undefined
          ? await this.#noise.encode([text])
          : await encoder!.call(this, [words.replaceAll('synonym', '')]);
      onVector?.(n, row);
      rows.push(...row);
    }
    return Float32Array.from(rows);
  }
}

/** Records whose first sentence has synonyms of the title's words: only the title's vector finds them. */
const SYNONYMOUS = RECORDS.map(({ id, title, keywords }, n) => ({
  id,
  title,
  abstract: `Considering ${title.replaceAll('x', 'xsynonym')} repeatedly. Results of the other ${keywords[0]} experiment number ${n}.`,
}));

describe('calibration', () => {
  test('records the fitted values in the model and in its index, which is searched by them', async () => {
    const index = await indexWith(await encoderOf(model));
    const before = (await openSnapshot(index)).name;
    const report = await calibrate('tiny', { index, encoderOf, queries: 160 });
    const { titleWeight, ...ranking } = report.after;
    expect(report).toMatchObject({
      model: 'tiny',
      papers: 130,
      searched: 130,
      recorded: true,
      isTuned: false,
    });
    expect(report['mrr@10'].after).toBeGreaterThan(0.1);
    expect(report.before).toEqual({ titleWeight: 0, ...model.ranking });
    expect(await findModel('tiny')).toMatchObject({ titleWeight, ranking });
    expect(ranking.keywordShare).not.toBe(model.ranking.keywordShare);

    if (titleWeight === 0) {
      expect(report.snapshot).not.toBe(before);
      expect(await verifyIndex(index)).toEqual({ snapshot: report.snapshot, damages: [] });
      const engine = await openIndex(index, { encoder: await encoderOf(await findModel('tiny')) });
      const { hits } = await (await engine.acquire()).search({ query: RECORDS[0]!.title, explain: true });
      const keyword = hits[0]!.explanation!.parts.find(({ name }) => name === 'keyword');
      expect(keyword!.formula).toMatch(new RegExp(`^${ranking.keywordShare} ×`));
      await engine.close();
    }
    const { tookMs: _, before: __, ...again } = await calibrate('tiny', { index, encoderOf, queries: 160 });
    expect(report).toMatchObject({ after: again.after, snapshot: again.snapshot });
  });

  test('gives keywords all the weight that it tries when vectors say nothing', async () => {
    const index = await indexWith(new HashingEncoder());
    const { after, snapshot, mustEncode } = await calibrate('tiny', {
      index,
      queries: 160,
      encoderOf: () => new NoiseEncoder(),
    });
    expect(after).toMatchObject({ keywordShare: 0.8 });
    expect({ snapshot, mustEncode }).toEqual({ snapshot: undefined, mustEncode: false });
    expect((await findModel('tiny')).ranking.keywordShare).toBe(0.8);
  });

  test('finds that titles have the better vectors; the index can be searched until it is encoded again', async () => {
    const index = await indexWith(await encoderOf(model), SYNONYMOUS);
    const { after, snapshot, mustEncode } = await calibrate('tiny', {
      index,
      queries: 160,
      encoderOf: () => new TitleEncoder(),
    });
    expect(after.titleWeight).toBeGreaterThan(0.5);
    expect({ snapshot, mustEncode }).toEqual({ snapshot: undefined, mustEncode: true });
    const changed = await findModel('tiny');
    expect(changed).toMatchObject({ titleWeight: after.titleWeight, formerTitleWeights: [0] });
    const { manifest } = await openSnapshot(index);
    expect(infoOf(changed).digest).not.toBe(manifest.model.digest);
    expect(await modelOfIndex(manifest.model)).toMatchObject({ name: 'tiny', titleWeight: 0 });
    expect((await modelOfIndex(infoOf(changed))).titleWeight).toBe(after.titleWeight);
  });

  test('reports the values of the bundled model, and records none', async () => {
    const index = await indexWith(new HashingEncoder());
    const before = (await openSnapshot(index)).name;
    const report = await calibrate('all-MiniLM-L6-v2', {
      index,
      queries: 160,
      encoderOf: () => new HashingEncoder(),
    });
    expect(report).toMatchObject({ recorded: false, snapshot: undefined, before: BUNDLED_RANKING });
    expect((await openSnapshot(index)).name).toBe(before);
  });

  test('says that an index is tuned, and keeps its weights', async () => {
    const index = await indexWith(new NoiseEncoder());
    const { kept } = await tune({ index, encoder: new NoiseEncoder(), queries: 160 });
    const { isTuned } = await calibrate('tiny', {
      index,
      queries: 160,
      encoderOf: () => new HashingEncoder(),
    });
    expect({ kept, isTuned }).toEqual({ kept: true, isTuned: true });
  });

  test('needs papers for a hundred and sixty queries', async () => {
    const index = await indexWith(new HashingEncoder(), RECORDS.slice(0, 10));
    const before = await modelText();
    const few = calibrate('tiny', { index, encoderOf: () => new HashingEncoder() });
    await expect(few).rejects.toMatchObject({ code: 'BAD_INPUT', details: { papers: 10 } });
    expect(await modelText()).toBe(before);
  });

  test('names the models that there are when one is unknown', async () => {
    await expect(calibrate('other')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test.each<TuneProgress['stage']>(['encoding', 'indexing', 'fitting', 'writing'])(
    'stopped while %s leaves the model and the index as they were',
    async (stage) => {
      const index = await indexWith(new HashingEncoder());
      const [text, { name }] = [await modelText(), await openSnapshot(index)];
      const stop = new AbortController();
      const stopped = calibrate('tiny', {
        index,
        queries: 160,
        encoderOf: () => new HashingEncoder(),
        signal: stop.signal,
        onProgress: (progress) => {
          if (progress.stage === stage) stop.abort(new Error('enough'));
        },
      });
      await expect(stopped).rejects.toThrow('enough');
      expect(await modelText()).toBe(text);
      expect((await openSnapshot(index)).name).toBe(name);
    },
  );
});
