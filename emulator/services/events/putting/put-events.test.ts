import {
  CreateEventBusCommand,
  PutEventsCommand,
  PutPermissionCommand,
  EventBridgeClient,
  TestEventPatternCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal, scope, TrialEvents } from '../testing/trial-events.ts';

let trial: TrialEvents;
beforeAll(async () => (trial = await TrialEvents.start()));
afterAll(async () => trial.stop());

const entry = { Source: 'shop', DetailType: 'OrderPlaced', Detail: '{"n":1}' };
const put = async (...Entries: PutEventsRequestEntry[]) =>
  trial.events.send(new PutEventsCommand({ Entries }));

describe('PutEvents', () => {
  it('takes an event to the rules whose pattern it matches, in AWS’s shape', async () => {
    const url = await trial.rule('shape', {
      EventPattern: '{"source":["shop"],"detail":{"n":[{"numeric":[">",0]}]}}',
    });
    const Time = new Date('2026-11-23T10:20:30.400Z');
    const answer = await put(
      { ...entry, Time, Resources: ['arn:aws:s3:::a'] },
      { ...entry, Detail: '{"n":0}' },
      { ...entry, Source: 'other' },
    );
    expect(answer).toMatchObject({ FailedEntryCount: 0 });
    expect(await trial.bodies(url)).toEqual([
      {
        version: '0',
        id: answer.Entries?.[0]?.EventId,
        'detail-type': 'OrderPlaced',
        source: 'shop',
        account: scope.account,
        time: '2026-11-23T10:20:30Z',
        region: scope.region,
        resources: ['arn:aws:s3:::a'],
        detail: { n: 1 },
      },
    ]);
    expect(trial.decisions('events').map(({ outcome }) => outcome)).toEqual([
      'matched shape',
      'no rule matched',
      'no rule matched',
    ]);
  });

  it('refuses entries one by one, in AWS’s words', async () => {
    const answer = await put(
      { DetailType: 'd', Detail: '{}' },
      { Source: 's', Detail: '{}' },
      { Source: 's', DetailType: 'd' },
      { ...entry, Detail: '{"a"' },
      { ...entry, Detail: '[1]' },
      { ...entry, Detail: '"x"' },
      { ...entry, Source: 'aws.s3' },
      { ...entry, EventBusName: 'nowhere' },
    );
    expect(answer.FailedEntryCount).toBe(7);
    expect(answer.Entries?.map(({ ErrorCode, ErrorMessage }) => `${ErrorCode}: ${ErrorMessage}`)).toEqual([
      'InvalidArgument: Parameter Source is not valid. Reason: Source is a required argument.',
      'InvalidArgument: Parameter DetailType is not valid. Reason: DetailType is a required argument.',
      'InvalidArgument: Parameter Detail is not valid. Reason: Detail is a required argument.',
      'MalformedDetail: Detail is malformed.',
      'MalformedDetail: Detail is malformed.',
      'MalformedDetail: Detail is malformed.',
      'NotAuthorizedForSourceException: Not authorized for the source.',
      // Accepted and dropped, as recorded.
      'undefined: undefined',
    ]);
    expect(await refusal(put({ ...entry, Detail: JSON.stringify({ a: 'x'.repeat(262_144) }) }))).toBe(
      'ValidationException: Total size of the entries in the request is over the limit.',
    );
    expect(await refusal(put(...Array.from({ length: 11 }, () => entry)))).toMatch(
      /^ValidationException: .* at 'entries' failed to satisfy constraint: Member must have length less than or equal to 10$/,
    );
  });

  it('reaches a bus of another account only where its policy lets in', async () => {
    const { EventBusArn } = await trial.events.send(new CreateEventBusCommand({ Name: 'guarded' }));
    const url = await trial.rule('guests', { EventBusName: 'guarded', EventPattern: '{"source":["shop"]}' });
    const other = new EventBridgeClient(trial.settings('222222222222'));
    const send = () =>
      other.send(new PutEventsCommand({ Entries: [{ ...entry, EventBusName: EventBusArn }] }));
    expect((await send()).Entries?.[0]?.ErrorCode).toBe('AccessDeniedException');
    const Action = 'events:PutEvents';
    const permission = { EventBusName: 'guarded', Action, Principal: '222222222222', StatementId: 'guest' };
    await trial.events.send(new PutPermissionCommand(permission));
    expect((await send()).FailedEntryCount).toBe(0);
    expect(await trial.bodies(url)).toMatchObject([{ account: '222222222222', source: 'shop' }]);
    other.destroy();
  });
});

describe('TestEventPattern', () => {
  const event = {
    id: '1',
    source: 'order',
    'detail-type': 'Test',
    account: '123456789012',
    region: 'us-east-2',
    time: '2022-07-13T13:48:01Z',
    detail: { state: 'running' },
  };
  const test = async (EventPattern: string, Event = JSON.stringify(event)) =>
    (await trial.events.send(new TestEventPatternCommand({ EventPattern, Event }))).Result;

  it('says whether an event matches', async () => {
    expect(await test('{"detail":{"state":[{"prefix":"run"}]}}')).toBe(true);
    expect(await test('{"detail":{"state":[{"anything-but":"running"}]}}')).toBe(false);
  });

  it('refuses what is no pattern or no event', async () => {
    expect(await refusal(test('{"int": 42}'))).toBe(
      'InvalidEventPatternException: Event pattern is not valid. Reason: "int" must be an object or an array\n at [Source: (String)"{"int": 42}"; line: 1, column: 11]',
    );
    expect(await refusal(test('{"a":["b"]}', 'plain text'))).toBe(
      'ValidationException: Parameter Event is not valid.',
    );
    expect(await refusal(test('{"a":["b"]}', '{"source":"a"}'))).toBe(
      'ValidationException: Parameter Event is not valid.',
    );
  });
});
