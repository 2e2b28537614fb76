import { describe, expect, it } from 'vitest';
import { errorOf, useStudentFolder } from '../testing/student-folder.ts';

const { open } = useStudentFolder();

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
