import { describe, expect, it } from 'vitest';
import type { Limits } from '../../service/service.ts';
import eventsLimits from '../../services/events/limits.json' with { type: 'json' };
import iamLimits from '../../services/iam/limits.json' with { type: 'json' };
import kinesisLimits from '../../services/kinesis/limits.json' with { type: 'json' };
import lambdaLimits from '../../services/lambda/limits.json' with { type: 'json' };
import logsLimits from '../../services/logs/limits.json' with { type: 'json' };
import s3Limits from '../../services/s3/limits.json' with { type: 'json' };
import schedulerLimits from '../../services/scheduler/limits.json' with { type: 'json' };
import snsLimits from '../../services/sns/limits.json' with { type: 'json' };
import stsLimits from '../../services/sts/limits.json' with { type: 'json' };
import { wires } from '../round-trip/clients.ts';
import { modelOf } from '../schema/model.ts';
import type { Shape, StructureShape } from '../schema/shape.ts';
import { compilePattern } from './pattern.ts';

const limits: Readonly<
  Record<'lambda' | 'logs' | 'iam' | 'sts' | 's3' | 'sns' | 'events' | 'scheduler' | 'kinesis', Limits>
> = {
  lambda: lambdaLimits,
  logs: logsLimits,
  iam: iamLimits,
  sts: stsLimits,
  s3: s3Limits,
  sns: snsLimits,
  events: eventsLimits,
  scheduler: schedulerLimits,
  kinesis: kinesisLimits,
};

describe('generated limits', () => {
  it('name members that the schemas have', () => {
    const unknown: string[] = [];
    for (const [service, operations] of Object.entries(limits))
      for (const [operation, members] of Object.entries(operations)) {
        const input = modelOf(wires[service as keyof typeof limits].schemas).operations.get(operation)?.input;
        for (const path of Object.keys(members))
          if (input === undefined || !leads(input, path.split('.')))
            unknown.push(`${service}.${operation}.${path}`);
      }
    expect(unknown).toEqual([]);
  });

  const patterns = new Set(
    Object.values(limits).flatMap((operations) =>
      Object.values(operations).flatMap((members) =>
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
      const started = performance.now();
      expression.test(text);
      expression.test(`${text}\u0000`);
      expect(performance.now() - started, part).toBeLessThan(1_000);
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
