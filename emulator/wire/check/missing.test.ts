import { describe, expect, it } from 'vitest';
import { wires } from '../round-trip/clients.ts';
import { serviceWire } from '../service-wire.ts';
import type { WireRequest } from '../wire.ts';

const form = (body: string, path = '/'): WireRequest => ({
  method: 'POST',
  path,
  query: '',
  headers: { 'content-type': 'application/x-www-form-urlencoded', host: '127.0.0.1:4566' },
  body: Buffer.from(body),
});

describe('a member that is missing', () => {
  it('is told of in a sentence of the service’s own, where it has one', async () => {
    await expect(
      serviceWire(wires.sqs).read(form('Action=SendMessage'), 'SendMessage'),
    ).rejects.toMatchObject({
      code: 'MissingRequiredParameterException',
      message: 'The request must contain the parameter QueueUrl.',
    });
    await expect(
      serviceWire(wires.sns).read(form('Action=Unsubscribe'), 'Unsubscribe'),
    ).rejects.toMatchObject({
      code: 'InvalidParameter',
      message: 'Invalid parameter: SubscriptionArn Reason: no value for required parameter',
    });
  });

  it('of a queue’s request is its address, where the request was sent to it', async () => {
    const sqs = serviceWire(wires.sqs);
    const sent = form('Action=SendMessage&MessageBody=m', '/111122223333/q');
    expect((await sqs.read(sent, 'SendMessage')).input).toEqual({
      QueueUrl: 'http://127.0.0.1:4566/111122223333/q',
      MessageBody: 'm',
    });
    const named = form('Action=SendMessage&MessageBody=m&QueueUrl=http%3A%2F%2Fh%2F1%2Fq', '/111122223333/q');
    expect((await sqs.read(named, 'SendMessage')).input['QueueUrl']).toBe('http://h/1/q');
    expect((await sqs.read(form('Action=ListQueues', '/1/q'), 'ListQueues')).input).toEqual({});
  });
});
