import type { Json } from '../../../../state/state.ts';
import { ifThere } from '../translate/gone.ts';
import type { Kept, Properties, ResourceWork } from '../resource-type.ts';
import { tagsRead, toldTags } from '../tagging/tagging.ts';

type Members = Readonly<Record<string, unknown>>;

/** A table's properties as they are now, of those that the template has. */
export async function readTable(kept: Kept, work: ResourceWork): Promise<Properties | undefined> {
  const TableName = kept.id;
  const told = await ifThere(work.call('dynamodb', 'DescribeTable', { TableName }));
  const table = told?.Table;
  if (table === undefined || table.TableStatus === 'DELETING') return undefined;
  const given = kept.properties;
  const { TimeToLiveDescription: ttl } = await work.call('dynamodb', 'DescribeTimeToLive', { TableName });
  const { Tags } = await work.call('dynamodb', 'ListTagsOfResource', { ResourceArn: table.TableArn });
  const now: Readonly<Record<string, unknown>> = {
    TableName,
    AttributeDefinitions: table.AttributeDefinitions,
    KeySchema: table.KeySchema,
    BillingMode: table.BillingModeSummary?.BillingMode ?? 'PROVISIONED',
    ProvisionedThroughput: table.ProvisionedThroughput,
    GlobalSecondaryIndexes: table.GlobalSecondaryIndexes,
    LocalSecondaryIndexes: table.LocalSecondaryIndexes,
    DeletionProtectionEnabled: table.DeletionProtectionEnabled ?? false,
    TableClass: table.TableClassSummary?.TableClass ?? 'STANDARD',
    StreamSpecification:
      table.StreamSpecification?.StreamEnabled === true ? table.StreamSpecification : undefined,
    TimeToLiveSpecification: {
      AttributeName: ttl?.AttributeName,
      Enabled: ttl?.TimeToLiveStatus === 'ENABLED' || ttl?.TimeToLiveStatus === 'ENABLING',
    },
    // Nothing of these is told; they are as the template has them.
    ContributorInsightsSpecification: given['ContributorInsightsSpecification'],
    OnDemandThroughput: given['OnDemandThroughput'],
    PointInTimeRecoverySpecification: given['PointInTimeRecoverySpecification'],
    SSESpecification: given['SSESpecification'],
  };
  return {
    ...Object.fromEntries(
      Object.entries(given).flatMap(([name, like]): [string, Json][] => {
        const value = name === 'Tags' ? undefined : asTemplate(now[name], like);
        return value === undefined ? [] : [[name, value]];
      }),
    ),
    ...tagsRead(toldTags(Tags), kept, work),
  };
}

/**
 * Of what DynamoDB tells, the members that the template has: it adds sizes, states and ARNs. Lists are in the template's
 * order as far as their items are the same by name.
 */
function asTemplate(now: unknown, like: Json): Json | undefined {
  if (now === undefined || now === null) return undefined;
  if (Array.isArray(now) && Array.isArray(like)) return items(now, like as readonly Json[]);
  if (typeof now !== 'object' || typeof like !== 'object' || like === null) return now as Json;
  const members = Object.entries(like).flatMap(([name, inner]): [string, Json][] => {
    const value = inner === undefined ? undefined : asTemplate((now as Members)[name], inner);
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(members);
}

function items(now: readonly unknown[], like: readonly Json[]): Json {
  const nameOf = (one: unknown): unknown => {
    const members = (typeof one === 'object' && one !== null ? one : {}) as Members;
    return members['IndexName'] ?? members['AttributeName'] ?? one;
  };
  const known = like.flatMap((one): Json[] => {
    const found = now.find((other) => nameOf(other) === nameOf(one));
    const value = found === undefined ? undefined : asTemplate(found, one);
    return value === undefined ? [] : [value];
  });
  const others = now.filter((one) => !like.some((other) => nameOf(other) === nameOf(one)));
  return [...known, ...(others as Json[])];
}
