// Writes the pages that are made from the project itself: `coverage`, `licences`.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundled, root } from './bundle/bundle.mjs';
import { licencesPage } from './licences.mjs';

async function coverage() {
  const { folder } = await bundled();
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'coverage.js')], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

const pages = { coverage, licences: licencesPage };
const [name] = process.argv.slice(2);
if (!Object.hasOwn(pages, name)) throw new Error(`Choose one of: ${Object.keys(pages).join(', ')}`);
mkdirSync(join(root, 'docs'), { recursive: true });
writeFileSync(join(root, 'docs', `${name}.md`), await pages[name]());
console.log(`docs/${name}.md`);
