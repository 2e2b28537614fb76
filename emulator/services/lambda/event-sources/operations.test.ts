import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { account, region } from '../testing/small-cloud.ts';
import { recorded, recordedAtHand } from '../testing/recorded.ts';
import { queueArn, TrialSources } from './testing/trial-sources.ts';

let trial: TrialSources;
beforeEach(async () => {
  trial = new TrialSources();
  await trial.small.ready('f');
});
afterEach(() => trial.end());

const streamArn = (name: string): string => `arn:aws:kinesis:${region}:${account}:stream/${name}`;
const create = (input: object) =>
  trial.small.call('CreateEventSourceMapping', { FunctionName: 'f', ...input });
const refused = (input: object) =>
  trial.small.refusal('CreateEventSourceMapping', { FunctionName: 'f', ...input });
const state = async (UUID: string | undefined): Promise<unknown> =>
  (await trial.small.call('GetEventSourceMapping', { UUID })).State;
const invalid = (message: string) => ({ code: 'InvalidParameterValueException', message });
const stream = async (name: string): Promise<string> => {
  await trial.kinesis('CreateStream', { StreamName: name, ShardCount: 1 });
  await trial.pass(5000);
  return streamArn(name);
};

describe('a mapping', () => {
  it('goes through its states with the clock', async () => {
    const EventSourceArn = await trial.queue('q');
    const { UUID, State } = await create({ EventSourceArn });
    expect(State).toBe('Creating');
    expect(await trial.small.refusal('DeleteEventSourceMapping', { UUID })).toMatchObject({
      code: 'ResourceInUseException',
      message: 'Cannot delete the event source mapping because it is in use.',
    });
    await trial.pass(1000);
    expect(await state(UUID)).toBe('Enabled');
    const update = async (more: object) =>
      (await trial.small.call('UpdateEventSourceMapping', { UUID, ...more })).State;
    expect(await update({ Enabled: false })).toBe('Disabling');
    expect(await trial.small.refusal('UpdateEventSourceMapping', { UUID, Enabled: true })).toMatchObject({
      code: 'ResourceInUseException',
      message: 'Cannot update the event source mapping because it is in use.',
    });
    await trial.pass(1000);
    expect(await state(UUID)).toBe('Disabled');
    expect(await update({ Enabled: true })).toBe('Enabling');
    await trial.pass(1000);
    expect(await update({ BatchSize: 5 })).toBe('Updating');
    await trial.pass(1000);
    expect(await trial.small.call('GetEventSourceMapping', { UUID })).toMatchObject({
      State: 'Enabled',
      BatchSize: 5,
    });
    expect((await trial.small.call('DeleteEventSourceMapping', { UUID })).State).toBe('Deleting');
    await trial.pass(1000);
    for (const operation of [
      'GetEventSourceMapping',
      'UpdateEventSourceMapping',
      'DeleteEventSourceMapping',
    ] as const) {
      expect(await trial.small.refusal(operation, { UUID })).toMatchObject({
        code: 'ResourceNotFoundException',
        message: 'The resource you requested does not exist.',
      });
    }
  });

  it('that was on its way when the cloud ended arrives after it', async () => {
    const { UUID } = await create({ EventSourceArn: await trial.queue('q') });
    await trial.restart();
    expect(await state(UUID)).toBe('Creating');
    await trial.pass(1000);
    expect(await state(UUID)).toBe('Enabled');
    trial.send('q', 'x');
    await expect.poll(() => trial.events.length).toBe(1);
  });

  it('of a queue that is made disabled is so at once, and reads nothing', async () => {
    const { UUID, State } = await create({ EventSourceArn: await trial.queue('q'), Enabled: false });
    expect(State).toBe('Disabled');
    trial.send('q', 'x');
    await trial.pass(1000);
    expect(await state(UUID)).toBe('Disabled');
    expect(trial.events).toEqual([]);
  });

  it('may be for a version or an alias, and moves to another function by an update', async () => {
    await trial.small.call('PublishVersion', { FunctionName: 'f' });
    await trial.small.call('CreateAlias', { FunctionName: 'f', Name: 'live', FunctionVersion: '1' });
    const EventSourceArn = await trial.queue('q');
    const made = await create({ EventSourceArn, FunctionName: 'f:live' });
    const base = `arn:aws:lambda:${region}:${account}:function:f`;
    expect(made.FunctionArn).toBe(`${base}:live`);
    await trial.pass(1000);
    trial.send('q', 'x');
    await expect.poll(() => trial.small.execution.ran.map(({ version }) => version.version)).toEqual(['1']);
    expect(trial.small.execution.ran[0]?.invocation.invokedArn).toBe(`${base}:live`);
    const moved = await trial.small.call('UpdateEventSourceMapping', { UUID: made.UUID, FunctionName: base });
    expect(moved).toMatchObject({ FunctionArn: base, State: 'Updating' });
    await trial.pass(1000);
    trial.send('q', 'y');
    await expect
      .poll(() => trial.small.execution.ran.map(({ version }) => version.version))
      .toEqual(['1', '$LATEST']);
  });

  it('is listed by function and source, page by page', async () => {
    await trial.small.ready('g');
    const [a, b] = [await trial.queue('a'), await trial.queue('b')];
    for (const FunctionName of ['f', 'g']) {
      for (const EventSourceArn of [a, b]) await create({ FunctionName, EventSourceArn });
    }
    const list = async (input: object) =>
      (await trial.small.call('ListEventSourceMappings', input)).EventSourceMappings ?? [];
    expect(await list({})).toHaveLength(4);
    expect(await list({ FunctionName: 'g' })).toHaveLength(2);
    expect(await list({ EventSourceArn: a })).toHaveLength(2);
    expect(await list({ EventSourceArn: a, FunctionName: 'f' })).toHaveLength(1);
    expect(await list({ FunctionName: 'nobody' })).toEqual([]);
    const page = await trial.small.call('ListEventSourceMappings', { MaxItems: 3 });
    expect(page.EventSourceMappings).toHaveLength(3);
    expect(await list({ Marker: page.NextMarker })).toHaveLength(1);
  });

  it('has tags', async () => {
    const { EventSourceMappingArn: Resource } = await create({
      EventSourceArn: await trial.queue('q'),
      Tags: { team: 'a' },
    });
    await trial.small.call('TagResource', { Resource, Tags: { stage: 'dev' } });
    await trial.small.call('UntagResource', { Resource, TagKeys: ['team'] });
    expect(await trial.small.call('ListTags', { Resource })).toEqual({ Tags: { stage: 'dev' } });
  });
});

describe('a mapping is refused', () => {
  it('where source or function is not there or not the right one', async () => {
    expect(await refused({})).toMatchObject(invalid('Unrecognized event source.'));
    expect(await refused({ EventSourceArn: 'arn:aws:s3:::bucket' })).toMatchObject(
      invalid('Unrecognized event source.'),
    );
    const EventSourceArn = await trial.queue('q');
    expect(await refused({ EventSourceArn, FunctionName: 'nobody' })).toMatchObject(
      invalid('Function does not exist'),
    );
    expect(await refused({ EventSourceArn, FunctionName: 'f:nobody' })).toMatchObject(
      invalid('Function does not exist'),
    );
    expect(await refused({ EventSourceArn: queueArn('gone') })).toMatchObject(
      invalid(
        'Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.',
      ),
    );
    const gone = streamArn('gone');
    expect(await refused({ EventSourceArn: gone, StartingPosition: 'LATEST' })).toMatchObject(
      invalid(`Stream not found: ${gone}`),
    );
  });

  it('where the execution role may not read the source', async () => {
    const EventSourceArn = await trial.queue('q');
    trial.small.allowed = (action) => action !== 'sqs:DeleteMessage';
    expect(await refused({ EventSourceArn })).toMatchObject(
      invalid('The provided execution role does not have permissions to call DeleteMessage on SQS'),
    );
    trial.small.allowed = () => false;
    expect(await refused({ EventSourceArn })).toMatchObject(
      invalid('The provided execution role does not have permissions to call ReceiveMessage on SQS'),
    );
    const of = streamArn('s');
    expect(await refused({ EventSourceArn: of, StartingPosition: 'LATEST' })).toMatchObject(
      invalid(
        `Cannot access stream ${of}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, ListShards, and ListStreams Actions on your stream in IAM.`,
      ),
    );
  });

  it('where its settings do not go together', async () => {
    const EventSourceArn = await trial.queue('q', { VisibilityTimeout: '2' });
    expect(await refused({ EventSourceArn })).toMatchObject(
      invalid('Queue visibility timeout: 2 seconds is less than Function timeout: 3 seconds'),
    );
    const queue = await trial.queue('patient');
    const all: [object, string][] = [
      [
        { BatchSize: 11 },
        'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
      ],
      [
        { DestinationConfig: { OnFailure: { Destination: queue } } },
        'Unsupported DestinationConfig parameter for given event source mapping type.',
      ],
      [
        { ParallelizationFactor: 2 },
        'Unsupported ParallelizationFactor parameter for given event source mapping type.',
      ],
      [{ FilterCriteria: { Filters: [{ Pattern: '"text"' }] } }, 'Invalid filter pattern definition.'],
      [
        { FilterCriteria: { Filters: [{ Pattern: '{"body":{"a":"no list"}}' }] } },
        'Invalid filter pattern definition.',
      ],
    ];
    for (const [input, text] of all) {
      expect(await refused({ EventSourceArn: queue, ...input })).toMatchObject(invalid(text));
    }
    const fifo = await trial.queue('q.fifo', { FifoQueue: 'true' });
    expect(await refused({ EventSourceArn: fifo, MaximumBatchingWindowInSeconds: 5 })).toMatchObject(
      invalid('Batching window is not supported for FIFO queues'),
    );
    const table = `arn:aws:dynamodb:${region}:${account}:table/tab/stream/2026-11-23T00:00:00.000`;
    expect(
      await refused({
        EventSourceArn: table,
        StartingPosition: 'AT_TIMESTAMP',
        StartingPositionTimestamp: new Date(0),
      }),
    ).toMatchObject(invalid(`Unsupported starting position for arn type: ${table}`));
    expect(await refused({ EventSourceArn: table })).toMatchObject({
      code: 'InvalidParameterValueException',
    });
  });

  it('where there is one already', async () => {
    const EventSourceArn = await trial.queue('q');
    const { UUID } = await create({ EventSourceArn });
    expect(await refused({ EventSourceArn })).toMatchObject({
      code: 'ResourceConflictException',
      message: `An event source mapping with SQS arn (" ${EventSourceArn} ") and function (" f ") already exists. Please update or delete the existing mapping with UUID ${UUID}`,
    });
    const of = await stream('s');
    const second = await create({ EventSourceArn: of, StartingPosition: 'LATEST' });
    expect(await refused({ EventSourceArn: of, StartingPosition: 'LATEST' })).toMatchObject({
      code: 'ResourceConflictException',
      message: `The event source arn (" ${of} ") and function (" f ") provided mapping already exists. Please update or delete the existing mapping with UUID ${second.UUID}`,
    });
    await trial.small.ready('g');
    await create({ EventSourceArn, FunctionName: 'g' });
  });
});

describe.runIf(recordedAtHand())('what AWS has answered', () => {
  /* Members and values; what changes from run to run is left out. */
  const comparable = (answer: object): object => {
    const fixed = Object.entries(JSON.parse(JSON.stringify(answer)) as object).filter(
      ([name]) => !['ResponseMetadata', 'UUID', 'LastModified'].includes(name) && !name.endsWith('Arn'),
    );
    return Object.fromEntries(fixed);
  };
  const names = (answer: object): string[] =>
    Object.keys(answer)
      .filter((name) => name !== 'ResponseMetadata')
      .sort();

  it('to the making of a mapping for a queue', async () => {
    const { create: aws = {} } = recorded(
      'test_lambda_integration_sqs.snapshot.json',
      'test_lambda_integration_sqs.py::TestSQSEventSourceMapping::test_duplicate_event_source_mappings',
    );
    const ours = await create({ EventSourceArn: await trial.queue('q') });
    expect(comparable(ours)).toEqual(comparable(aws));
    expect(names(ours)).toEqual(names(aws));
  });

  it('to the making of a mapping for a table’s stream', async () => {
    const { create_event_source_mapping_result: aws = {} } = recorded(
      'test_lambda_integration_dynamodbstreams.snapshot.json',
      'test_deletion_event_source_mapping_with_dynamodb',
    );
    const made = await trial.dynamodb('CreateTable', {
      TableName: 'changes',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
    });
    await trial.pass(5000);
    const ours = await create({
      EventSourceArn: made.TableDescription?.LatestStreamArn,
      StartingPosition: 'TRIM_HORIZON',
    });
    expect(comparable(ours)).toEqual(comparable(aws));
    expect(names(ours)).toEqual(names(aws));
  });
});
