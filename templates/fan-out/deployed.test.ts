import { paginateScan } from '@aws-sdk/client-dynamodb';
import { GetFunctionConfigurationCommand, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { PublishCommand } from '@aws-sdk/client-sns';
import { expect } from 'vitest';
import type { Place } from '../testing/place.ts';
import { proveApplication } from '../testing/prove-application.ts';

let orders = 0;
const wanted: string[] = [];

proveApplication('fan-out', {
  async works(place) {
    const thing = await publish(place, 'thing');
    const file = await publish(place, 'file');
    wanted.push(`invoice-${thing}`, `shipment-${thing}`, `invoice-${file}`);
    await expect.poll(() => papers(place)).toEqual([...wanted].sort());
  },
  change: { from: 'Description: Writes an invoice', to: 'Description: Writes invoices' },
  async changed(place) {
    const lambda = await place.pool.load('lambda');
    const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}));
    const invoices = Functions.find(({ FunctionName }) => FunctionName?.includes('Invoice'));
    const { Description } = await lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: invoices?.FunctionName }),
    );
    expect(Description).toBe('Writes invoices');
  },
});

async function publish(place: Place, kind: 'thing' | 'file'): Promise<string> {
  const id = String((orders += 1));
  const sns = await place.pool.load('sns');
  const Message = JSON.stringify({ id, kind, amount: 12_000, to: 'Ada' });
  await sns.send(new PublishCommand({ TopicArn: place.output('TopicArn'), Message }));
  return id;
}

async function papers(place: Place): Promise<string[]> {
  const client = await place.pool.load('dynamodb');
  const ids: string[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName: place.output('TableName') }))
    ids.push(...Items.map(({ id }) => id?.S ?? ''));
  return ids.sort();
}
