import { coveragePage, readCoverage } from './coverage.ts';

process.stdout.write(coveragePage(await readCoverage()));
