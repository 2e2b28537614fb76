import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetRoleCommand } from '@aws-sdk/client-iam';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { ServiceFailure } from '../../service/failure.ts';
import { connect, wires } from '../round-trip/clients.ts';
import { loopback, requestId } from '../round-trip/loopback.ts';
import type { AnyClient } from '../round-trip/round-trip.ts';
import { serviceWire } from '../service-wire.ts';
import type { WireService } from '../wire.ts';

/** What a real client makes of something thrown by an operation. */
async function thrownTo(
  service: WireService,
  connectTo: (origin: string) => AnyClient,
  command: unknown,
  thrown: unknown,
): Promise<unknown> {
  const server = await loopback(serviceWire(service), () => {
    throw thrown;
  });
  const client = connectTo(server.origin);
  try {
    return await client.send(command as never).then(
      () => 'no error',
      (error: unknown) => error,
    );
  } finally {
    client.destroy();
    await server.close();
  }
}

const telling = 'Größe <b> & "quotes" 日本\u0007';

describe('a modelled failure reaches the client whole', () => {
  it('restJson1, with members in the body and in headers', async () => {
    const failure = new ServiceFailure('TooManyRequestsException', telling, {
      members: { Reason: 'ConcurrentInvocationLimitExceeded', retryAfterSeconds: '7', Type: 'User' },
    });
    const error = await thrownTo(
      wires.lambda,
      connect.lambda,
      new InvokeCommand({ FunctionName: 'f' }),
      failure,
    );
    expect(error).toMatchObject({
      name: 'TooManyRequestsException',
      message: telling,
      Reason: 'ConcurrentInvocationLimitExceeded',
      Type: 'User',
      $fault: 'client',
      $metadata: { httpStatusCode: 429, requestId },
      $response: { headers: { 'retry-after': '7', 'x-amzn-errortype': 'TooManyRequestsException' } },
    });
  });

  it('awsJson1.1', async () => {
    const command = new CreateLogGroupCommand({ logGroupName: 'g' });
    const failure = new ServiceFailure('ResourceAlreadyExistsException', telling);
    expect(await thrownTo(wires.logs, connect.logs, command, failure)).toMatchObject({
      name: 'ResourceAlreadyExistsException',
      message: telling,
      $metadata: { httpStatusCode: 400, requestId },
    });
  });

  it('awsQuery, under its query code and by its modelled name', async () => {
    for (const code of ['NoSuchEntity', 'NoSuchEntityException']) {
      const failure = new ServiceFailure(code, 'The role with name r cannot be found.');
      expect(
        await thrownTo(wires.iam, connect.iam, new GetRoleCommand({ RoleName: 'r' }), failure),
      ).toMatchObject({
        name: 'NoSuchEntityException',
        message: 'The role with name r cannot be found.',
        Code: 'NoSuchEntity',
        $metadata: { httpStatusCode: 404, requestId },
      });
    }
  });

  it('restXml', async () => {
    const failure = new ServiceFailure('NoSuchKey', 'The specified key does not exist.', {
      members: { Key: 'a&b' },
    });
    const command = new GetObjectCommand({ Bucket: 'bucket', Key: 'a&b' });
    expect(await thrownTo(wires.s3, connect.s3, command, failure)).toMatchObject({
      name: 'NoSuchKey',
      message: 'The specified key does not exist.',
      Key: 'a&b',
      $metadata: { httpStatusCode: 404, requestId, extendedRequestId: expect.any(String) as unknown },
    });
  });

  it('restXml to HEAD, which has no body', async () => {
    const failure = new ServiceFailure('NoSuchKey', 'The specified key does not exist.');
    const command = new HeadObjectCommand({ Bucket: 'bucket', Key: 'k' });
    expect(await thrownTo(wires.s3, connect.s3, command, failure)).toMatchObject({
      name: 'NotFound',
      $metadata: { httpStatusCode: 404, requestId },
    });
  });

  it('restXml whose model states no status for it', async () => {
    const failure = new ServiceFailure('NotFound', 'Not Found', { status: 404 });
    const command = new GetObjectCommand({ Bucket: 'bucket', Key: 'k' });
    expect(await thrownTo(wires.s3, connect.s3, command, failure)).toMatchObject({
      name: 'NotFound',
      $metadata: { httpStatusCode: 404, requestId },
    });
  });

  it('awsJson1.0 of a service that once spoke awsQuery', async () => {
    const failure = new ServiceFailure('QueueDoesNotExist', 'The specified queue does not exist.');
    const command = new ReceiveMessageCommand({ QueueUrl: 'http://queue' });
    expect(await thrownTo(wires.sqs, connect.sqs, command, failure)).toMatchObject({
      name: 'QueueDoesNotExist',
      Error: { Code: 'AWS.SimpleQueueService.NonExistentQueue', Type: 'Sender' },
      $response: {
        headers: { 'x-amzn-query-error': 'AWS.SimpleQueueService.NonExistentQueue;Sender' },
      },
    });
  });

  it('the same service’s awsQuery', async () => {
    const failure = new ServiceFailure('QueueDoesNotExist', 'The specified queue does not exist.');
    const command = new ReceiveMessageCommand({ QueueUrl: 'http://queue' });
    expect(await thrownTo(wires.sqs, connect.sqsQuery, command, failure)).toMatchObject({
      name: 'QueueDoesNotExist',
      Code: 'AWS.SimpleQueueService.NonExistentQueue',
      $metadata: { httpStatusCode: 400, requestId },
    });
  });

  it('rpcv2Cbor', async () => {
    const failure = new ServiceFailure('InvalidNextToken', telling);
    expect(
      await thrownTo(wires.cloudwatch, connect.cloudwatchCbor, new DescribeAlarmsCommand({}), failure),
    ).toMatchObject({
      name: 'InvalidNextToken',
      message: telling,
      $metadata: { httpStatusCode: 400, requestId },
    });
  });
});

const every: readonly [string, WireService, (origin: string) => AnyClient, unknown][] = [
  ['restJson1', wires.lambda, connect.lambda, new InvokeCommand({ FunctionName: 'f' })],
  ['awsJson1.1', wires.logs, connect.logs, new CreateLogGroupCommand({ logGroupName: 'g' })],
  ['awsQuery', wires.iam, connect.iam, new GetRoleCommand({ RoleName: 'r' })],
  ['restXml', wires.s3, connect.s3, new GetObjectCommand({ Bucket: 'bucket', Key: 'k' })],
  ['rpcv2Cbor', wires.cloudwatch, connect.cloudwatchCbor, new DescribeAlarmsCommand({})],
];

describe('a failure that no model has', () => {
  it.each(every)('%s keeps its code, text and status', async (_name, service, connectTo, command) => {
    const failure = new ServiceFailure('ExpiredTokenException', telling, { status: 403 });
    expect(await thrownTo(service, connectTo, command, failure)).toMatchObject({
      name: 'ExpiredTokenException',
      message: telling,
      $metadata: { httpStatusCode: 403, requestId },
    });
  });
});

describe('a defect of the cloud', () => {
  it.each(every)('%s answers 500 and none of its text', async (_name, service, connectTo, command) => {
    const error = await thrownTo(service, connectTo, command, new Error('secret: /home/user'));
    expect(error).toMatchObject({ $fault: 'server', $metadata: { httpStatusCode: 500, requestId } });
    expect((error as Error).name).toMatch(/^Internal(Failure|Error)$/);
    expect(JSON.stringify(error) + String(error)).not.toContain('secret');
  });
});

describe('headers of a failure', () => {
  it('cannot be broken out of', () => {
    const request = { method: 'POST', path: '/x', query: '', headers: {}, body: new Uint8Array() };
    const failure = new ServiceFailure('Evil\r\nSet-Cookie: a=b', 'x', { status: 400 });
    const { headers } = serviceWire(wires.lambda).failure(request, undefined, failure, 'id');
    for (const value of Object.values(headers)) expect(value).not.toMatch(/[\r\n]/);
  });
});
