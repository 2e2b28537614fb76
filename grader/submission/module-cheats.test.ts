import { describe, expect, it } from 'vitest';
import { useStudentFolder } from '../testing/student-folder.ts';

const { open } = useStudentFolder();

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
