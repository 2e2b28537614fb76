import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { answerChecks } from './answers.ts';
import { verdict } from './testing/fake-context.ts';

const cold = '6e9a3c1e-0000-4000-8000-000000000001';
const warm = '6e9a3c1e-0000-4000-8000-000000000002';
const tail = 'Memory Size: 512 MB\tMax Memory Used: 79 MB';
const log = [
  `REPORT RequestId: ${cold}\tDuration: 31.20 ms\tBilled Duration: 734 ms\t${tail}\tInit Duration: 702.41 ms\t`,
  `REPORT RequestId: ${warm}\tDuration: 4.12 ms\tBilled Duration: 5 ms\t${tail}\t`,
];
/** A log group that is filtered by the id between quotation marks. */
const logs = {
  send: ({ input }: { input: { filterPattern: string } }) =>
    Promise.resolve({
      events: log
        .filter((message) => message.includes(input.filterPattern.slice(1, -1)))
        .map((message) => ({ message })),
    }),
};

const folder = mkdtempSync(join(tmpdir(), 'coldstart-answers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const right = {
  coldId: cold,
  initMs: '702.41',
  coldMs: '31.20',
  coldBilled: '734',
  warmId: warm,
  warmMs: '4.12',
  warmBilled: '5',
  times: '178',
  billed: 'yes',
  status: '429',
  reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
};
function says(changed: Partial<typeof right>, file?: string): Promise<string | undefined> {
  const a = { ...right, ...changed };
  const text = `
cold:
  requestId: ${a.coldId}
  initMs: ${a.initMs}
  durationMs: ${a.coldMs}
  billedMs: ${a.coldBilled}
warm:
  requestId: ${a.warmId}
  durationMs: ${a.warmMs}
  billedMs: ${a.warmBilled}
coldTimesWarm: ${a.times}
initIsBilled: ${a.billed}
kill:
  status: ${a.status}
  reason: ${a.reason}
`;
  writeFileSync(join(folder, 'answers.yaml'), file ?? text);
  const ready = { FunctionName: 'lab04-lifecycle' };
  return verdict(answerChecks.answers, { earlier: { ready }, clients: { logs }, submission: folder });
}

describe('answers that are right', () => {
  it.each<[string, Partial<typeof right>]>([
    ['as they stand in the log', {}],
    ['rounded', { initMs: '702', coldMs: '31', warmMs: '4' }],
    [
      'with their units',
      { initMs: '702.41 ms', coldMs: '"31.20ms"', times: '178 times'.replace(' times', 'x') },
    ],
    ['in quotation marks', { coldId: `"${cold}"`, status: '"429"', times: "'178.1'" }],
    ['by what is billed', { times: '146.8' }],
    ['true for yes', { billed: 'true' }],
    ['YES', { billed: 'YES' }],
    ['네', { billed: '네' }],
  ])('%s', async (_, changed) => {
    expect(await says(changed)).toBeUndefined();
  });
});

describe('answers that are not', () => {
  it.each<[string, Partial<typeof right>, string]>([
    ['an empty one', { initMs: '' }, 'has no answer yet for `cold.initMs`'],
    ['a part of an id', { coldId: '6e9a3c1e' }, 'that is no request id'],
    ['an id of elsewhere', { coldId: cold.replace('1', '2') }, 'has no REPORT line of `cold.requestId`'],
    ['the two calls mixed up', { coldId: warm, warmId: cold }, 'was not cold'],
    ['two cold calls', { warmId: cold }, 'was cold: its REPORT line has an Init Duration'],
    ['another init', { initMs: '700' }, '`cold.initMs` is 700'],
    ['init in what is billed left out', { coldBilled: '32' }, '`cold.billedMs` is 32'],
    ['a word', { warmMs: 'quick' }, '`warm.durationMs` is "quick"'],
    ['the handler alone', { times: '7.6' }, '`coldTimesWarm` is 7.6'],
    ['no', { billed: 'no' }, 'says that the init is free'],
    ['maybe', { billed: 'maybe' }, 'neither yes nor no'],
    ['another status', { status: '503' }, '`kill.status` is 503'],
    ['another reason', { reason: 'CallerRateLimitExceeded' }, 'names another reason'],
  ])('%s', async (_, changed, why) => {
    expect(await says(changed)).toContain(why);
  });

  it('no YAML', async () => {
    expect(await says({}, 'cold:\n  requestId: "x\n')).toContain('cannot be read as YAML');
    expect(await says({}, 'a list, and no answers')).toContain('has no answer yet');
    expect(await says({}, '')).toContain('has no answer yet');
  });
});
