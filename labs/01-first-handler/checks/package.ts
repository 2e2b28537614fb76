import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { names } from '../names.ts';
import { configurationOf } from './function.ts';
import { downloadPackage, type Package } from '../../deployed-package/deployed-package.ts';
import { listed } from '../../wording/wording.ts';
import type { Context, LabCheck } from './context.ts';

/** What the check `package` has found: the package, and where its handler is. */
export interface Deployed extends Package {
  /** Path in the package: `index.mjs`. */
  readonly handlerFile: string;
  /** The name after the file: `handler`, or a dotted path into an export. */
  readonly handlerExport: string;
}

/** Node.js runtime: the handler's file is tried bare, then with these endings, in this order. */
const endings = ['', '.js', '.mjs', '.cjs'];

const isTypeScript = (path: string) =>
  /\.(ts|mts|cts|tsx)$/.test(path) && !/\.d\.[mc]?ts$/.test(path) && !path.includes('node_modules/');

const pack: LabCheck = {
  id: 'package',
  title: (text) => text.package.title,
  points: 5,
  needs: ['ready'],
  verifiedOn: ['embedded'],
  hints: (text) => text.package.hints,
  async run(context): Promise<Deployed> {
    const { text } = context;
    const { Handler: handler = '' } = configurationOf(context);
    const found = await downloadPackage(context.clients.lambda, context.name(names.function));
    const paths = [...found.files.keys()].sort();
    const evidence = [{ label: text.evidence.files, value: paths.join('\n') }];
    const sources = paths.filter(isTypeScript);
    if (sources.length > 0) {
      const shown = listed(text, sources);
      context.fail({ ...text.package.typescript(shown), actual: paths.join(', '), evidence });
    }
    const [, folder = '', base, handlerExport] = /^(.*\/)?([^/.]+)\.(.+)$/.exec(handler) ?? [];
    if (base === undefined || handlerExport === undefined) {
      return context.fail({ ...text.package.malformed(handler), expected: 'index.handler', actual: handler });
    }
    const candidates = endings.map((ending) => `${folder}${base}${ending}`.replace(/^\.\//, ''));
    const handlerFile = candidates.find((path) => found.files.has(path));
    if (handlerFile === undefined) {
      const shown = listed(text, candidates.slice(1));
      return context.fail({
        ...text.package.noFile(handler, shown),
        expected: candidates.slice(1).join(', '),
        actual: paths.join(', '),
        evidence,
      });
    }
    return { ...found, handlerFile, handlerExport };
  },
};

const signature: LabCheck = {
  id: 'signature',
  title: (text) => text.signature.title,
  points: 5,
  needs: ['ready', 'package'],
  verifiedOn: ['embedded'],
  hints: (text) => text.signature.hints,
  async run(context) {
    const { text } = context;
    const { Handler: handler = '' } = configurationOf(context);
    const count = await withUnpacked(context.from<Deployed>('package'), async (entry, folder) => {
      const module = await context.module(entry, folder);
      return module.parameters('handler');
    });
    if (count === undefined) return context.fail(text.signature.notFunction(handler));
    // Lambda itself counts the same way: `handler.length`.
    context.expect(count, text.signature.callback(count)).toBeLessThanOrEqual(2);
    return count;
  },
};

/** The module that the check adds to an unpacked package: it finds the handler as Lambda does. */
const entry = 'deployed-handler.mjs';

/**
 * Unpacks a package into a folder of its own and gives the path of a module that exports its handler as
 * `handler`, whatever kind of module the package is and however deep its handler lies.
 */
async function withUnpacked<T>(
  deployed: Deployed,
  use: (entry: string, folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'coldstart-package-'));
  try {
    for (const [path, contents] of deployed.files) {
      const target = resolve(folder, path);
      if (relative(folder, target).split(sep)[0] === '..') continue;
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, contents);
    }
    const keys = JSON.stringify(deployed.handlerExport.split('.'));
    await writeFile(
      join(folder, entry),
      `import * as loaded from ${JSON.stringify(`./${deployed.handlerFile}`)};\n` +
        `export const handler = ${keys}.reduce((value, key) => value?.[key], loaded);\n`,
    );
    return await use(entry, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the check `package` has found. */
export const deployedOf = (context: Context): Deployed => context.from<Deployed>('package');

export const packageChecks = { pack, signature };
