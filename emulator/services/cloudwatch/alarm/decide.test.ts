import { describe, expect, it } from 'vitest';
import { decide, type Evaluated } from './decide.ts';
import { holds, parseRule } from './rule.ts';

/** `0 - X - X`, oldest first: fine, missing, breaching. */
function periods(text: string): Evaluated[] {
  return text
    .split(' ')
    .map((mark, index) => ({
      time: Date.UTC(2026, 10, 23, 10, index),
      value: mark === '-' ? undefined : mark === 'X' ? 9 : 1,
      samples: undefined,
    }))
    .reverse();
}

const STATES = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;
const judge = (text: string, datapointsToAlarm: number, treatMissing: string) =>
  decide(
    periods(text),
    {
      evaluationPeriods: 3,
      datapointsToAlarm,
      threshold: 5,
      comparison: 'GreaterThanThreshold',
      treatMissing,
    },
    'OK',
  );
const all = (text: string, needed: number): (string | undefined)[] =>
  STATES.map((treatment) => judge(text, needed, treatment).state);

const KEEP = undefined;
describe("the tables of the CloudWatch User Guide, 'Configuring how alarms treat missing data'", () => {
  it.each<[string, (string | undefined)[]]>([
    ['0 - X - X', ['OK', 'OK', 'OK', 'OK']],
    ['0 - - - -', ['OK', 'OK', 'OK', 'OK']],
    ['- - - - -', ['INSUFFICIENT_DATA', KEEP, 'ALARM', 'OK']],
    ['0 X X - X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['- - X - -', ['ALARM', KEEP, 'ALARM', 'OK']],
  ])('three of three: %s', (text, states) => {
    expect(all(text, 3)).toEqual(states);
  });

  it.each<[string, (string | undefined)[]]>([
    ['0 - X - X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['0 0 X 0 X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['0 - X - -', ['OK', 'OK', 'ALARM', 'OK']],
    ['- - - - 0', ['OK', 'OK', 'ALARM', 'OK']],
    ['- - - X -', ['ALARM', KEEP, 'ALARM', 'OK']],
  ])('two of three: %s', (text, states) => {
    expect(all(text, 2)).toEqual(states);
  });
});

it('says why, as AWS does', () => {
  expect(judge('0 0 0 X X', 2, 'missing').reason).toBe(
    'Threshold Crossed: 2 out of the last 3 datapoints [9.0 (23/11/26 10:04:00), 9.0 (23/11/26 10:03:00)] were greater than the threshold (5.0) (minimum 2 datapoints for OK -> ALARM transition).',
  );
  expect(judge('- - - - -', 3, 'missing').reason).toBe('Insufficient Data: 3 datapoints were unknown.');
  expect(judge('- - - - -', 3, 'notBreaching').reason).toBe(
    'Threshold Crossed: no datapoints were received for 3 periods and 3 missing datapoints were treated as [NonBreaching].',
  );
});

describe('rules of composite alarms', () => {
  const state = (alarm: string) => (alarm.startsWith('a') ? 'ALARM' : 'OK');
  it.each([
    ['ALARM(a)', true],
    ['ALARM(b)', false],
    ['ALARM("a b") AND OK(b)', true],
    ['ALARM(b) OR NOT ALARM(b) AND ALARM(a)', true],
    ['(ALARM(b) OR TRUE) AND FALSE', false],
    ['INSUFFICIENT_DATA(a)', false],
    ['ALARM(arn:aws:cloudwatch:us-east-1:111111111111:alarm:x)', true],
  ])('%s', (text, expected) => {
    expect(holds(parseRule(text), state)).toBe(expected);
  });
  it.each([
    '',
    'ALARM',
    'ALARM()',
    'ALARM(a',
    'ALARM(a) ALARM(b)',
    'AND',
    'ALARM(a) AND',
    'alarm(a)',
    '"ALARM"(a)',
  ])('refuses %s', (text) => {
    expect(() => parseRule(text)).toThrow('AlarmRule');
  });
});
