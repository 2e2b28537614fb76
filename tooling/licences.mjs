// The list of third-party packages and their licences, from the lock file that `npm ci` installs by.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './bundle/bundle.mjs';

/** Licences that let the packages be used and passed on with an MIT project. */
export const permitted = new Set([
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'Python-2.0',
  'MIT OR Apache-2.0',
  '(MIT OR CC0-1.0)',
]);
/** Only for tests, never part of what runs: read, not changed. */
export const permittedInTests = new Set([...permitted, 'MPL-2.0', 'CC-BY-4.0']);

/** @returns {{ name: string, version: string, license: string, dev: boolean }[]} */
export function packages() {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  return Object.entries(lock.packages)
    .filter(([path]) => path !== '')
    .map(([path, { version, license, dev }]) => ({
      name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version,
      license: license ?? 'not stated',
      dev: dev === true,
    }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en') || a.version.localeCompare(b.version, 'en'));
}

export function licencesPage() {
  const all = packages();
  const table = (rows) =>
    [
      '| package | version | licence |',
      '|---|---|---|',
      ...rows.map(({ name, version, license }) => `| ${name} | ${version} | ${license} |`),
    ].join('\n');
  return [
    '# Third-party packages',
    '',
    'Made by `npm run licences` from `package-lock.json`; a test fails when it is out of date or a licence is not permissive.',
    '',
    '## Part of what runs',
    '',
    table(all.filter(({ dev }) => !dev)),
    '',
    '## Only for building and testing',
    '',
    table(all.filter(({ dev }) => dev)),
    '',
  ].join('\n');
}
