import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { forbidden, productionPackages, readLock } from '../scripts/licenses/packages.ts';

const { dependencies, devDependencies, overrides } = JSON.parse(readFileSync('package.json', 'utf8'));
const lock = readLock();

test.each(Object.entries({ ...dependencies, ...devDependencies, ...overrides }))(
  'the version of %s is exact: %s',
  (_name, version) => {
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  },
);

test('records the digest of every locked package', () => {
  const unknown = Object.entries(lock.packages).filter(([path, { integrity }]) => path !== '' && !integrity);
  expect(unknown).toEqual([]);
});

test('has a reason for each dependency in docs/dependencies.md, and no other rows', () => {
  const section = readFileSync('docs/dependencies.md', 'utf8');
  const rows = Array.from(section.matchAll(/^\| `([^`]+)` +\| (.+?) +\|$/gm), ([, name, reason]) => ({
    name: name!,
    reason: reason!,
  }));
  expect(rows.map(({ name }) => name)).toEqual(Object.keys(dependencies));
  for (const { reason } of rows) expect(reason.length).toBeGreaterThan(15);
});

describe('licences', () => {
  test('are allowed for all packages that are installed with the product', () => {
    const packages = productionPackages(lock);
    expect(packages.length).toBeGreaterThan(Object.keys(dependencies).length);
    expect(forbidden(packages)).toEqual([]);
  });

  test.each([
    ['p', 'MIT', true],
    ['p', 'Apache-2.0 AND MIT', true],
    ['p', 'GPL-3.0-only', false],
    ['p', 'MIT AND GPL-3.0-only', false],
    ['p', 'none', false],
    ['p', 'SEE LICENSE IN LICENSE.txt', false],
    ['p', 'LGPL-3.0-or-later', false],
  ])('%s under %s is allowed: %s', (name, license, allowed) => {
    const packages = [{ name, version: '1.0.0', license }];
    expect(forbidden(packages)).toEqual(allowed ? [] : packages);
  });

  test('are read of production dependencies only, by their own names, including indirect ones', () => {
    const packages = {
      '': { version: '0.1.0', license: 'MIT' },
      'node_modules/a': { version: '1.0.0', license: 'MIT' },
      'node_modules/a/node_modules/@b/c': { version: '2.0.0' },
      'node_modules/d': { version: '3.0.0', license: 'GPL-3.0-only', dev: true },
    };
    expect(productionPackages({ packages })).toEqual([
      { name: 'a', version: '1.0.0', license: 'MIT' },
      { name: '@b/c', version: '2.0.0', license: 'none' },
    ]);
  });
});

test('has only installation scripts that are not needed', () => {
  // It prints a warning: `.ci/run` skips it.
  const withScripts = Object.entries(lock.packages)
    .filter(([, { dev, hasInstallScript }]) => !dev && hasInstallScript)
    .map(([path]) => path.replace('node_modules/', ''));
  expect(withScripts).toEqual(['protobufjs']);
});
