import type { Condition } from '@aws-sdk/client-eventbridge';
import type { Json } from '../../../../state/state.ts';
import { ifThere } from '../translate/gone.ts';
import type { Properties, ResourceType, ResourceWork } from '../resource-type.ts';
import { shaped, text } from '../translate/shaped.ts';

interface Statement {
  readonly Sid?: string;
  readonly [element: string]: Json | undefined;
}

const busOf = (properties: Properties): string => text(properties['EventBusName']) ?? 'default';
const sidOf = (properties: Properties): string => text(properties['StatementId']) ?? '';
const idOf = (properties: Properties): string => `${busOf(properties)}|${sidOf(properties)}`;

async function statements(EventBusName: string, work: ResourceWork): Promise<readonly Statement[]> {
  const { Policy } = await work.call('events', 'DescribeEventBus', { Name: EventBusName });
  if (Policy === undefined) return [];
  return (JSON.parse(Policy) as { readonly Statement: readonly Statement[] }).Statement;
}

/** A statement is put whole, or by its parts, which the service makes one of. */
async function put(properties: Properties, work: ResourceWork): Promise<void> {
  const EventBusName = busOf(properties);
  const StatementId = sidOf(properties);
  const given = properties['Statement'];
  if (given === undefined) {
    const condition = properties['Condition'];
    await work.call('events', 'PutPermission', {
      EventBusName,
      StatementId,
      Action: text(properties['Action']) ?? 'events:PutEvents',
      Principal: text(properties['Principal']),
      ...(condition !== undefined && { Condition: shaped<Condition>(condition) }),
    });
    return;
  }
  const statement = typeof given === 'string' ? (JSON.parse(given) as Statement) : shaped<Statement>(given);
  const others = (await statements(EventBusName, work)).filter(({ Sid }) => Sid !== StatementId);
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [...others, { ...statement, Sid: StatementId }],
  });
  await work.call('events', 'PutPermission', { EventBusName, Policy });
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-eventbuspolicy.html */
export const eventBusPolicy: ResourceType = {
  async create(properties, work) {
    await put(properties, work);
    return { id: idOf(properties), attributes: {} };
  },
  async update(kept, wanted, work) {
    await put(wanted, work);
    return { id: kept.id, attributes: kept.attributes };
  },
  async delete(kept, work) {
    const bar = kept.id.indexOf('|');
    await ifThere(
      work.call('events', 'RemovePermission', {
        EventBusName: kept.id.slice(0, bar),
        StatementId: kept.id.slice(bar + 1),
      }),
    );
  },
  async read(kept, work) {
    const { properties } = kept;
    const all = await ifThere(statements(busOf(properties), work));
    const found = all?.find(({ Sid }) => Sid === sidOf(properties));
    if (found === undefined) return undefined;
    const given = properties['Statement'];
    if (given === undefined) return properties;
    // The statement's id is the property beside it, unless the template has it twice.
    const { Sid, ...rest } = found;
    const named = typeof given === 'object' && given !== null && 'Sid' in given;
    const statement = named && Sid !== undefined ? { Sid, ...rest } : rest;
    return { ...properties, Statement: typeof given === 'string' ? JSON.stringify(statement) : statement };
  },
  nameOf: idOf,
};
