import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ClusterClient } from '../../../src/cluster/client/cluster-client.ts';
import { connect } from '../../../src/cluster/client/connect.ts';
import type { ClusterOptions } from '../../../src/cluster/client/options.ts';
import { ROOT, scriptedNode } from '../../support/scripted-node.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const CERTIFICATES = fileURLToPath(new URL('certificates/', import.meta.url));
const CA = join(CERTIFICATES, 'ca.pem');

async function connected(options: ClusterOptions): Promise<ClusterClient> {
  const client = await connect({ retries: 0, ...options });
  onTestFinished(() => client.close());
  return client;
}

/** The files of a server's certificate. */
const certificate = (name: string) => ({
  cert: readFileSync(join(CERTIFICATES, `${name}.pem`)),
  key: readFileSync(join(CERTIFICATES, `${name}-key.pem`)),
});

describe('the version of the server', () => {
  test.each([
    ['2.12.0', { major: 2, minor: 12, number: '2.12.0' }],
    ['2.19.6', { major: 2, minor: 19, number: '2.19.6' }],
    ['3.5.0-SNAPSHOT', { major: 3, minor: 5, number: '3.5.0-SNAPSHOT' }],
  ])('accepts OpenSearch %s', async (number, version) => {
    const { url } = await scriptedNode(() => ({}), {
      root: { body: { ...ROOT, version: { ...ROOT.version, number } } },
    });
    expect((await connected({ nodes: [url] })).version).toEqual(version);
  });

  test.each([
    [
      'OpenSearch 2.11',
      { distribution: 'opensearch', number: '2.11.1' },
      '',
      /2\.11\.1 is not supported\. Use 2\.12/,
    ],
    ['OpenSearch 4', { distribution: 'opensearch', number: '4.0.0' }, '', /4\.0\.0 is not supported.*3\.x/],
    [
      'a hidden version',
      { distribution: 'opensearch', number: '7.10.2' },
      '',
      /override_main_response_version/,
    ],
    ['Elasticsearch', { number: '8.15.0' }, 'You Know, for Search', /Elasticsearch 8\.15\.0, not OpenSearch/],
    ['another server', { number: '1.2.3' }, '', /another server 1\.2\.3/],
    ['an answer without a version', undefined, '', /not OpenSearch: its answer to GET \/ has no version/],
  ])('refuses %s', async (_name, version, tagline, message) => {
    const { url } = await scriptedNode(() => ({}), { root: { body: { version, tagline } } });
    await expect(connected({ nodes: [url] })).rejects.toMatchObject({
      code: 'CLUSTER_REFUSED',
      message: expect.stringMatching(message),
    });
  });

  test('refuses a web server', async () => {
    const { url } = await scriptedNode(() => ({}), { root: { body: '<html>It works!</html>' } });
    await expect(connected({ nodes: [url] })).rejects.toMatchObject({ code: 'CLUSTER_REFUSED' });
  });
});

describe('signing in', () => {
  test('sends a user and the password of a file, with its spaces and without its line end', async () => {
    const file = join(await temporaryFolder(), 'password');
    await writeFile(file, ' pass wörd \r\n');
    const node = await scriptedNode(() => ({}));
    const client = await connected({ nodes: [node.url], user: 'reader', passwordFile: file });
    await client.request('GET', '/_cluster/health');
    const expected = `Basic ${Buffer.from('reader: pass wörd ').toString('base64')}`;
    expect(node.received).toMatchObject([{ headers: { authorization: expected } }]);
  });

  test.each([
    ['c2VjcmV0\n', 'ApiKey c2VjcmV0'],
    ['Bearer eyJhbGciOiJIUzI1NiJ9.e30.abc', 'Bearer eyJhbGciOiJIUzI1NiJ9.e30.abc'],
  ])('sends the API key %j', async (content, authorization) => {
    const file = join(await temporaryFolder(), 'key');
    await writeFile(file, content);
    const node = await scriptedNode(() => ({}));
    await (await connected({ nodes: [node.url], apiKeyFile: file })).request('GET', '/_cluster/health');
    expect(node.received).toMatchObject([{ headers: { authorization } }]);
  });

  test('sends no header without a user and a key', async () => {
    const node = await scriptedNode(() => ({}));
    await (await connected({ nodes: [node.url] })).request('GET', '/_cluster/health');
    expect(node.received[0]!.headers).not.toHaveProperty('authorization');
  });

  test.each([401, 403])('says that the cluster refuses the user (%d)', async (status) => {
    const { url } = await scriptedNode(() => ({}), { root: { status, body: 'Unauthorized' } });
    await expect(connected({ nodes: [url] })).rejects.toMatchObject({
      code: 'CLUSTER_REFUSED',
      message: expect.stringMatching(/user.*Unauthorized/),
    });
  });
});

describe('wrong options', () => {
  test.each<[string, Partial<ClusterOptions>, RegExp]>([
    ['no node', { nodes: [] }, /at least one node/],
    ['a node without a scheme', { nodes: ['localhost:9200'] }, /"localhost:9200" is not the URL of a node/],
    [
      'a password in a URL',
      { nodes: ['https://me:secret@a:9200'] },
      /^(?!.*secret).*contains a user or a password/,
    ],
    ['a query in a URL', { nodes: ['http://a:9200?pretty'] }, /must end before/],
    ['a user without a password', { user: 'me' }, /"me" needs a file with the password/],
    ['a password without a user', { passwordFile: 'p' }, /needs the name of the user/],
    ['a user and a key', { user: 'me', passwordFile: 'p', apiKeyFile: 'k' }, /not both/],
    ['a missing key file', { apiKeyFile: '/no/such/file' }, /Cannot read the API key file: ENOENT/],
    ['a missing CA file', { caFile: '/no/such/file' }, /Cannot read the certificate file: ENOENT/],
    ['a CA file that is none', { caFile: fileURLToPath(import.meta.url) }, /contains no certificate/],
    ['a password of several lines', { user: 'me', passwordFile: CA }, /must contain one line: the password/],
    ['a key of several lines', { apiKeyFile: CA }, /must contain one line: the API key/],
    ['a timeout of zero', { timeoutMs: 0 }, /positive number of milliseconds, but it is 0/],
  ])('reports %s', async (_name, options, message) => {
    const attempt = connect({ nodes: ['http://127.0.0.1:9'], ...options });
    await expect(attempt).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringMatching(message),
    });
  });
});

describe('certificates', () => {
  test('accepts one of an authority that is named', async () => {
    const { url } = await scriptedNode(() => ({ body: { ok: true } }), { tls: certificate('valid') });
    const client = await connected({ nodes: [url], caFile: CA });
    expect(await client.request('GET', '/_cluster/health')).toEqual({ ok: true });
  });

  test('refuses one that has expired, and says when and what to do', async () => {
    const { url } = await scriptedNode(() => ({}), { tls: certificate('expired') });
    await expect(connected({ nodes: [url], caFile: CA })).rejects.toMatchObject({
      code: 'CLUSTER_REFUSED',
      message: `The certificate of ${new URL(url).host} is not accepted: certificate has expired (CERT_HAS_EXPIRED). It is of "expired.example.org", was issued by "Test authority" and is valid from 2020-01-01T00:00:00Z to 2021-01-01T00:00:00Z. Renew the certificate of the cluster.`,
    });
  });

  test('refuses one of an unknown authority, and says what to do', async () => {
    const { url } = await scriptedNode(() => ({}), { tls: certificate('valid') });
    await expect(connected({ nodes: [url] })).rejects.toMatchObject({
      code: 'CLUSTER_REFUSED',
      message: expect.stringMatching(/issued by "Test authority".*as the CA file\.$/),
    });
  });

  test('refuses one of another host', async () => {
    const { url } = await scriptedNode(() => ({}), { tls: certificate('valid') });
    const nodes = [url.replace('127.0.0.1', 'localhost')];
    await expect(connected({ nodes, caFile: CA })).rejects.toMatchObject({
      code: 'CLUSTER_REFUSED',
      message: expect.stringMatching(
        /ERR_TLS_CERT_ALTNAME_INVALID.*Use a host name that the certificate contains\.$/,
      ),
    });
  });

  test('uses another node when the certificate of one has expired', async () => {
    const wrong = await scriptedNode(() => ({}), { tls: certificate('expired') });
    const right = await scriptedNode(() => ({}), { tls: certificate('valid') });
    const client = await connected({ nodes: [wrong.url, right.url], caFile: CA, retries: 1 });
    await client.request('GET', '/_cluster/health');
    await client.request('GET', '/_cluster/health');
    expect(right.received).toHaveLength(2);
  });

  test('says that a node speaks http or https', async () => {
    const plain = await scriptedNode(() => ({}));
    const secure = await scriptedNode(() => ({}), { tls: certificate('valid') });
    await expect(connected({ nodes: [plain.url.replace('http:', 'https:')] })).rejects.toMatchObject({
      code: 'CLUSTER_UNAVAILABLE',
      message: expect.stringMatching(/may expect http:/),
    });
    await expect(connected({ nodes: [secure.url.replace('https:', 'http:')] })).rejects.toMatchObject({
      code: 'CLUSTER_UNAVAILABLE',
      message: expect.stringMatching(/may expect https:/),
    });
  });
});
