import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engineText } from '../text.ts';
import { openModule, type OpenModule } from './student-module.ts';
import { StudentError } from './student-error.ts';

let submission: string;
let opened: OpenModule[];
beforeEach(() => {
  submission = realpathSync(mkdtempSync(join(tmpdir(), 'coldstart-student-')));
  opened = [];
});
afterEach(async () => {
  for (const module of opened) await module.close();
  rmSync(submission, { recursive: true, force: true });
});

const during = <T>(_: string, work: Promise<T>) => work;
function write(files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(submission, name)), { recursive: true });
    writeFileSync(join(submission, name), content);
  }
}
async function open(source: string | Readonly<Record<string, string>>, seconds = 10): Promise<OpenModule> {
  write(typeof source === 'string' ? { 'src/greet.ts': source } : source);
  const module = await openModule({ submission, path: 'src/greet.ts', text: engineText.en, seconds, during });
  opened.push(module);
  return module;
}
async function errorOf(work: Promise<unknown>): Promise<StudentError> {
  const error: unknown = await work.then(
    (value) => expect.fail(`it answered ${JSON.stringify(value)}`),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(StudentError);
  return error as StudentError;
}

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
    expect(readdirSync(submission)).toEqual(['src']);
  });
});

describe('a module with a mistake', () => {
  it('is a finding with file, line and the line itself where it does not parse', async () => {
    const { finding } = await errorOf(open(`export const a = 1;\nexport const 인사 = 'ok' +;\n`));
    expect(finding.why).toBe('src/greet.ts could not be bundled.');
    expect(finding.evidence?.[0]).toEqual({
      label: 'src/greet.ts:2:25',
      value: `Unexpected ";"\n2 | export const 인사 = 'ok' +;\n  |                           ^`,
    });
    expect(finding.next).toContain('src/greet.ts:2:25');
  });

  it('is a finding where a package is missing', async () => {
    const { finding } = await errorOf(
      open(`import x from 'no-such-package-here';\nexport const greet = () => x;\n`),
    );
    expect(finding.evidence?.[0]?.label).toBe('src/greet.ts:1:15');
    expect(finding.evidence?.[0]?.value).toContain('Could not resolve "no-such-package-here"');
  });

  it('throws its own error, which says where it came from', async () => {
    const module = await open(`
class InvalidNameError extends Error { override name = 'InvalidNameError'; }
export const greet = (name: unknown) => {
  if (typeof name !== 'string') throw new InvalidNameError('a name is text');
  return name;
};`);
    const error = await errorOf(module.call('greet', 5));
    expect([error.name, error.message]).toEqual(['InvalidNameError', 'a name is text']);
    expect(error.finding.actual).toBe('InvalidNameError: a name is text');
    expect(error.finding.evidence).toEqual([{ label: 'where', value: 'src/greet.ts:4:39' }]);
    expect(await module.call('greet', 'still here')).toBe('still here');
  });

  it.each([
    ['a text', `throw 'just text';`, 'string', 'just text'],
    ['nothing', `throw undefined;`, 'undefined', 'undefined'],
    [
      'a trap',
      `throw { get name() { throw 1; }, get message() { throw 2; }, get stack() { throw 3; } };`,
      'Error',
      '',
    ],
    [
      'a function without a name',
      `throw Object.defineProperty(() => {}, 'name', { value: 5 });`,
      'Error',
      '',
    ],
  ])('may throw %s', async (_, statement, name, message) => {
    const module = await open(`export const greet = () => { ${statement} };`);
    const error = await errorOf(module.call('greet'));
    expect([error.name, error.message]).toEqual([name, message]);
  });

  it('may fail while it is imported', async () => {
    const module = await open(
      `console.log('before');\nexport const greet = () => 1;\nthrow new RangeError('at once');`,
    );
    const { finding } = await errorOf(module.call('greet'));
    expect(finding.why).toBe('src/greet.ts could not be loaded: it fails while it is imported.');
    expect(finding.evidence).toEqual([
      { label: 'where', value: 'src/greet.ts:3:7' },
      { label: 'it printed', value: 'before' },
    ]);
  });

  it.each([
    ['a loop without an end', `while (true);`],
    ['a promise that nobody resolves', `await new Promise(() => {});`],
  ])('may hang in %s', async (_, statement) => {
    const module = await open(`export const greet = async () => { ${statement} };`, 1.5);
    const { finding } = await errorOf(module.call('greet'));
    expect(finding.why).toContain('did not finish within');
  });

  it.each([
    ['exits', `process.exit(0);`, 'exit code 0'],
    ['aborts', `process.kill(process.pid, 'SIGKILL');`, 'SIGKILL'],
    ['closes its channel', `process.disconnect();`, 'exit code 0'],
    [
      'rejects in the background',
      `void Promise.reject(new Error('late')); return new Promise((r) => setTimeout(r, 2000));`,
      'exit code 1',
    ],
  ])('may be gone when it %s', async (_, statement, how) => {
    const module = await open(`export const greet = () => { ${statement} };`);
    const { finding } = await errorOf(module.call('greet'));
    expect(finding.why).toBe(
      `src/greet.ts ended the whole process (${process.platform === 'win32' && how === 'SIGKILL' ? 'exit code 1' : how === 'SIGKILL' ? 'signal SIGKILL' : how}).`,
    );
    // Whoever is gone stays gone, and is not waited for.
    await errorOf(module.call('greet'));
  });

  it('may use up its memory', async () => {
    const module = await open(
      `export const greet = () => { const all = []; while (true) all.push(new Array(1e5).fill(1.5)); };`,
      30,
    );
    const { finding } = await errorOf(module.call('greet'));
    expect(finding.why).toBe('src/greet.ts used up all memory it may have.');
  });

  it.each(['1n', '() => 1', 'Symbol()', '(() => { const a = {}; a.a = a; return a; })()'])(
    'may return %s, which JSON cannot say',
    async (value) => {
      const module = await open(
        `export const greet = (): any => { const a: any = ${value.replace('const a = {}', 'const a: any = {}')}; return a; };`,
      );
      const { finding } = await errorOf(module.call('greet'));
      expect(finding.why).toBe('greet() of src/greet.ts returned something that JSON cannot carry.');
    },
  );
});

describe('a module that cheats', () => {
  const forged = (id: string) => `${id} ' + 'a'.repeat(64) + ' {"kind":"value","value":"forged"}`;

  it.each([
    [
      'prints answers',
      `const say = () => { console.log('${forged('1')}'); console.log('{"kind":"value","value":"forged"}'); };`,
    ],
    [
      'sends answers',
      `const say = () => { for (const m of ['${forged('1')}', { id: 1, kind: 'value', value: 'forged' }, 'x', null, 5]) process.send!(m as any); };`,
    ],
  ])('%s, and is not believed', async (_, say) => {
    const module = await open(`${say}\nsay();\nexport const greet = () => { say(); return 'true answer'; };`);
    expect(await module.call('greet')).toBe('true answer');
  });

  it('cannot answer a request with the token of another one', async () => {
    const module = await open(`
      const seen: string[] = [];
      const real = (process as any)._send ?? process.send;
      for (const name of ['send', '_send'] as const) {
        const original = (process as any)[name];
        if (original) (process as any)[name] = function (message: unknown, ...rest: unknown[]) {
          if (typeof message === 'string') seen.push(message);
          return original.call(this, message, ...rest);
        };
      }
      export const greet = () => {
        for (const frame of [...seen]) {
          process.send!(frame.replace(/^\\d+/, '2').replace(/\\{.*/, '{"kind":"value","value":"forged"}'));
        }
        return 'true answer';
      };
    `);
    expect(await module.call('greet')).toBe('true answer');
    expect(await module.call('greet')).toBe('true answer');
  });

  it('changes every prototype, and harms only itself', async () => {
    const module = await open(`
      (Object.prototype as any).toJSON = () => 'polluted';
      (Object.prototype as any).kind = 'value';
      (Object.prototype as any).value = 'polluted';
      JSON.stringify = () => 'polluted'; JSON.parse = () => ({ id: 1, name: 'forged', args: [] });
      Object.hasOwn = () => true; Reflect.apply = () => 'polluted' as any;
      Array.prototype.map = () => ['polluted'] as any;
      String.prototype.toString = () => 'polluted';
      export const greet = (name: string) => 'Hello, ' + name;
      export const proto = () => globalThis.Object.create(null, { __proto__: { value: 1, enumerable: true } });
    `);
    expect(await module.call('greet', 'Ada')).toBe('Hello, Ada');
    expect(({} as { value?: unknown }).value).toBeUndefined();
    expect(JSON.stringify({})).toBe('{}');
  });

  it('brings no prototype with its answer', async () => {
    const module = await open(
      `export const greet = () => JSON.parse('{"__proto__":{"admin":true},"constructor":1}');`,
    );
    const answer = (await module.call('greet')) as { admin?: unknown };
    expect(answer.admin).toBeUndefined();
    expect(Object.getPrototypeOf(answer)).toBe(Object.prototype);
    expect(({} as { admin?: unknown }).admin).toBeUndefined();
  });

  it('prints without end, and is still heard and still ended', async () => {
    const module = await open(`
      export const greet = () => { for (let i = 0; i < 2000; i += 1) console.log('x'.repeat(1000)); return 'done'; };
    `);
    expect(await module.call('greet')).toBe('done');
  });
});
