import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../root.ts';
import { coveragePage, readCoverage } from './coverage.ts';

it('the coverage page says what the services have', async () => {
  const page = readFileSync(join(projectRoot(), 'docs', 'coverage.md'), 'utf8');
  expect(page, 'run `npm run coverage`').toBe(coveragePage(await readCoverage()));
});
