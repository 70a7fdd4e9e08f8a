import { describe, expect, test } from 'vitest';
import { servedApp } from '../../support/app.ts';

/** Statuses of requests sent one after another. */
async function statuses(url: string, headers: readonly Record<string, string>[]): Promise<number[]> {
  const all = [];
  for (const each of headers) all.push((await fetch(url, { headers: each })).status);
  return all;
}
const from = (address: string) => ({ 'X-Forwarded-For': address });

describe('a rate limit', () => {
  test('is reported in headers and refuses further requests', async () => {
    const { url } = await servedApp({ rateLimit: 2 });
    const first = await fetch(`${url}/search?q=a`);
    expect(first.status).toBe(200);
    expect(first.headers.get('ratelimit-policy')).toMatch(/q=2; w=60/);
    expect(first.headers.get('ratelimit')).toMatch(/r=1; t=\d+/);
    await fetch(`${url}/papers/a`);
    const third = await fetch(`${url}/search?q=a`);
    expect(third.status).toBe(429);
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(third.headers.get('x-ratelimit-limit')).toBeNull();
    expect(JSON.parse(await third.text())).toMatchObject({ error: { code: 'RATE_LIMITED' } });
  });

  test('also counts unknown paths and unsupported methods', async () => {
    const { url } = await servedApp({ rateLimit: 2 });
    expect((await fetch(`${url}/nowhere`)).status).toBe(404);
    expect((await fetch(`${url}/search`, { method: 'PUT' })).status).toBe(405);
    expect((await fetch(`${url}/nowhere`)).status).toBe(429);
  });

  test('does not count monitoring', async () => {
    const { url } = await servedApp({ rateLimit: 1 });
    for (const path of ['/health', '/v1/health', '/ready', '/metrics', '/health']) {
      expect((await fetch(url + path)).status).toBe(200);
    }
    expect((await fetch(`${url}/stats`)).status).toBe(200);
  });

  test('applies to one app only, and is off by default', async () => {
    const { url } = await servedApp();
    const response = await fetch(`${url}/stats`);
    expect(response.headers.get('ratelimit')).toBeNull();
  });
});

describe('a client', () => {
  test('is the connected address: a header that any client can send is ignored', async () => {
    const { url } = await servedApp({ rateLimit: 2 });
    expect(await statuses(`${url}/stats`, ['1.1.1.1', '2.2.2.2', '3.3.3.3'].map(from))).toEqual([
      200, 200, 429,
    ]);
  });

  test('is the address that a trusted proxy reports', async () => {
    const { url } = await servedApp({ rateLimit: 1, trustProxy: 1 });
    const asked = ['1.1.1.1', '2.2.2.2', '1.1.1.1'].map(from);
    expect(await statuses(`${url}/stats`, asked)).toEqual([200, 200, 429]);
  });

  test('cannot choose its address: only the entry that the proxy adds counts', async () => {
    const { url } = await servedApp({ rateLimit: 1, trustProxy: ['loopback'] });
    const asked = ['6.6.6.6, 1.1.1.1', '7.7.7.7, 1.1.1.1'].map(from);
    expect(await statuses(`${url}/stats`, asked)).toEqual([200, 429]);
  });

  test('is a whole /56 network for IPv6', async () => {
    const { url } = await servedApp({ rateLimit: 1, trustProxy: 1 });
    const asked = ['2001:db8::1', '2001:db8::2', '2001:db9::1'].map(from);
    expect(await statuses(`${url}/stats`, asked)).toEqual([200, 429, 200]);
  });
});
