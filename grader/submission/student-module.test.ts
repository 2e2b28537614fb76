import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { useStudentFolder } from '../testing/student-folder.ts';

const { open, path } = useStudentFolder();

describe('a module of a student', () => {
  it('is called with anything JSON can say, and with nothing', async () => {
    const module = await open(`
      export const echo = (...args: unknown[]) => args;
      export const isUndefined = (value?: unknown) => value === undefined;
      export const greet = async (name: string, word = 'Hello') => \`\${word}, \${name}!\`;
      export default function () {}
      export const constant = 5;
    `);
    expect(module.exports).toEqual(['constant', 'default', 'echo', 'greet', 'isUndefined']);
    expect(
      await module.call('echo', 'a\u2028한글 \ud83d\ude00', 1.5, null, { __proto__: null, a: [] }),
    ).toEqual(['a\u2028한글 \ud83d\ude00', 1.5, null, { a: [] }]);
    expect(await module.call('isUndefined', undefined)).toBe(true);
    expect(await module.call('isUndefined', null)).toBe(false);
    expect(await module.call('default')).toBeUndefined();
    expect(await module.call('greet', 'Ada')).toBe('Hello, Ada!');
    expect(await module.parameters('greet')).toBe(1);
    expect(await module.parameters('constant')).toBeUndefined();
    expect(await module.parameters('toString')).toBeUndefined();
  });

  it('answers several calls at once, each with its own', async () => {
    const module = await open(`
      export const later = async (ms: number) => { await new Promise((r) => setTimeout(r, ms)); return ms; };
    `);
    expect(await Promise.all([60, 5, 30].map((ms) => module.call('later', ms)))).toEqual([60, 5, 30]);
  });

  it('is known by what it and its own files import', async () => {
    const module = await open({
      'src/greet.ts': `
        import { readFileSync } from 'fs';
        import { deep } from './deep/deep.js';
        import type { Context } from 'aws-lambda';
        export const greet = (_: Context) => [readFileSync.name, deep];
      `,
      'src/deep/deep.ts': `
        import { yes } from 'some-package/inner';
        export const deep = async () => [yes, await import('node:os')];
      `,
      'node_modules/some-package/package.json':
        '{ "name": "some-package", "exports": { "./inner": "./i.js" } }',
      'node_modules/some-package/i.js': `import 'node:path'; export const yes = true;`,
    });
    expect(module.imports).toEqual(['fs', 'node:os', 'some-package/inner', 'src/deep/deep.ts']);
  });

  it('has no keys, no home, no options and no way to other processes or files', async () => {
    process.env.AWS_SECRET_ACCESS_KEY = 'not for students';
    const module = await open(`
      import { spawn, fork } from 'node:child_process';
      import { writeFileSync } from 'node:fs';
      import { homedir } from 'node:os';
      import { Worker } from 'node:worker_threads';
      const refused = (attempt: () => unknown) => { try { attempt(); return 'done'; } catch (error: any) { return error.code; } };
      export const look = () => ({
        keys: Object.keys(process.env).filter((name) => /^AWS_(?!EC2_METADATA_DISABLED)|NODE_OPTIONS|SECRET/.test(name)),
        home: homedir(),
        attempts: [
          refused(() => spawn('node', ['-v'])),
          refused(() => fork('x.js')),
          refused(() => writeFileSync('x', 'y')),
          refused(() => new Worker('1', { eval: true })),
        ],
      });
    `);
    const { home, ...rest } = (await module.call('look')) as { home: string };
    delete process.env.AWS_SECRET_ACCESS_KEY;
    expect(rest).toEqual({ keys: [], attempts: Array.from({ length: 4 }, () => 'ERR_ACCESS_DENIED') });
    expect(home).toContain('coldstart-module-');
  });

  it('leaves nothing behind', async () => {
    const module = await open(`
      import { homedir } from 'node:os';
      export const self = () => ({ pid: process.pid, home: homedir() });
    `);
    const { pid, home } = (await module.call('self')) as { pid: number; home: string };
    expect(existsSync(home)).toBe(true);
    await module.close();
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect(existsSync(home)).toBe(false);
    expect(readdirSync(path())).toEqual(['src']);
  });
});
