import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { licencesPage, packages, permitted, permittedInTests } from './licences.mjs';
import { projectRoot } from './root.ts';

describe('third-party licences', () => {
  it('are listed as they are installed', () => {
    expect(readFileSync(join(projectRoot(), 'docs', 'licences.md'), 'utf8'), 'run `npm run licences`').toBe(
      licencesPage(),
    );
  });

  it('are permissive', () => {
    const others = packages().filter(
      ({ license, dev }) => !(dev ? permittedInTests : permitted).has(license),
    );
    expect(others).toEqual([]);
  });
});
