import { createContext, Script } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { services } from '../../services/registry.ts';
import { modelOf } from '../schema/model.ts';
import type { Shape, StructureShape } from '../schema/shape.ts';
import { compilePattern } from './pattern.ts';

const modules = await Promise.all(
  Object.entries(services).map(async ([name, load]) => ({ name, module: (await load()).default })),
);

/** Whether an expression is decided in a second. An expression that is not would also never end this test. */
const inTime = new Script('expression.test(text)');
const asked: { expression?: RegExp; text?: string } = {};
const context = createContext(asked);
function decides(expression: RegExp, text: string): boolean {
  Object.assign(asked, { expression, text });
  try {
    inTime.runInContext(context, { timeout: 1_000 });
    return true;
  } catch {
    return false;
  }
}

describe('generated limits', () => {
  it('name members that the schemas have', () => {
    const unknown: string[] = [];
    for (const { name: service, module } of modules)
      for (const [operation, members] of Object.entries(module.limits)) {
        const input = modelOf(module.schemas).operations.get(operation)?.input;
        for (const path of Object.keys(members))
          if (input === undefined || !leads(input, path.split('.')))
            unknown.push(`${service}.${operation}.${path}`);
      }
    expect(unknown).toEqual([]);
  });

  const patterns = new Set(
    modules.flatMap(({ module }) =>
      Object.values(module.limits).flatMap((members) =>
        Object.values(members).flatMap(({ pattern }) => pattern ?? []),
      ),
    ),
  );

  it.each([...patterns])('%s can be compiled and takes no long time over long texts', (pattern) => {
    const expression = compilePattern(pattern);
    if (expression === undefined) throw new Error('It cannot be compiled.');
    const parts = [
      'a',
      'A',
      '0',
      '-',
      ':',
      '/',
      '.',
      '_',
      ' ',
      'a-',
      'a.',
      'aws:',
      'arn:aws:',
      'us-east-1:',
      '/a',
      'é',
      '\n',
    ];
    for (const part of parts) {
      const text = part.repeat(10_000);
      expect(decides(expression, text), part).toBe(true);
      expect(decides(expression, `${text}\u0000`), part).toBe(true);
    }
  });
});

function leads(shape: Shape, [step, ...rest]: readonly string[]): boolean {
  if (step === undefined) return true;
  const next = membersOf(shape).find(({ name }) => name === step);
  return next !== undefined && leads(next.shape, rest);
}

function membersOf(shape: Shape): StructureShape['members'] {
  if (shape.kind === 'structure') return shape.members;
  if (shape.kind === 'list') return [shape.member];
  return shape.kind === 'map' ? [shape.key, shape.value] : [];
}
