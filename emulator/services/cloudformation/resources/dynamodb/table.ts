import type {
  AttributeDefinition,
  CreateTableCommandInput,
  TableDescription,
} from '@aws-sdk/client-dynamodb';
import { notBuilt, onlyBuilt } from '../presence/presence.ts';
import { ifThere, orUndone } from '../translate/gone.ts';
import type { Physical, Properties, ResourceType, ResourceWork } from '../resource-type.ts';
import { retag, tagsInput } from '../tagging/tagging.ts';
import { picked, shaped, text } from '../translate/shaped.ts';
import { tagList } from '../translate/tags.ts';
import { indexChanges, type GlobalIndex } from './index-changes.ts';
import { readTable } from './read.ts';
import { isSameThroughput, type Throughput } from './throughput.ts';

const TYPE = 'AWS::DynamoDB::Table';
/** Of CreateTable's members, those that a template words alike. */
const alike = [
  'AttributeDefinitions',
  'BillingMode',
  'DeletionProtectionEnabled',
  'GlobalSecondaryIndexes',
  'KeySchema',
  'LocalSecondaryIndexes',
  'OnDemandThroughput',
  'ProvisionedThroughput',
  'TableClass',
];
const built = [
  ...alike,
  'ContributorInsightsSpecification',
  'PointInTimeRecoverySpecification',
  'SSESpecification',
  'StreamSpecification',
  'TableName',
  'Tags',
  'TimeToLiveSpecification',
];
/** Seconds. */
const PATIENCE = 600;

interface TimeToLive {
  readonly AttributeName?: string;
  readonly Enabled: boolean;
}

const nameFor = (properties: Properties, work: ResourceWork): string =>
  text(properties['TableName']) ?? work.name(255);

const viewTypeOf = (properties: Properties): string | undefined =>
  shaped<{ StreamViewType: string } | undefined>(properties['StreamSpecification'])?.StreamViewType;

/* Backups and what is seen of popular keys are not kept here: switched off they say what is. */
function checkBuilt(properties: Properties): void {
  onlyBuilt(TYPE, properties, built);
  const recovery = shaped<{ PointInTimeRecoveryEnabled?: boolean } | undefined>(
    properties['PointInTimeRecoverySpecification'],
  );
  if (recovery?.PointInTimeRecoveryEnabled === true) throw notBuilt('point-in-time recovery of tables');
  const insights = shaped<{ Enabled?: boolean } | undefined>(properties['ContributorInsightsSpecification']);
  if (insights?.Enabled === true) throw notBuilt('contributor insights of tables');
}

const streamed = (viewType: string | undefined): Pick<CreateTableCommandInput, 'StreamSpecification'> =>
  viewType === undefined
    ? {}
    : {
        StreamSpecification: shaped<NonNullable<CreateTableCommandInput['StreamSpecification']>>({
          StreamEnabled: true,
          StreamViewType: viewType,
        }),
      };

async function active(TableName: string, work: ResourceWork): Promise<TableDescription> {
  return await work.until(PATIENCE, `The table ${TableName} did not become active in time.`, async () => {
    const { Table } = await work.call('dynamodb', 'DescribeTable', { TableName });
    const busy = Table?.GlobalSecondaryIndexes?.some(({ IndexStatus }) => IndexStatus !== 'ACTIVE');
    return Table?.TableStatus === 'ACTIVE' && busy !== true ? Table : undefined;
  });
}

function physical(table: TableDescription): Physical {
  const streaming = table.StreamSpecification?.StreamEnabled === true;
  return {
    id: table.TableName ?? '',
    attributes: {
      Arn: table.TableArn ?? '',
      ...(streaming && { StreamArn: table.LatestStreamArn ?? '' }),
    },
  };
}

async function expire(TableName: string, ttl: TimeToLive, work: ResourceWork): Promise<void> {
  await work.call('dynamodb', 'UpdateTimeToLive', {
    TableName,
    TimeToLiveSpecification: { AttributeName: ttl.AttributeName, Enabled: ttl.Enabled },
  });
}

async function changeExpiry(TableName: string, wanted: Properties, work: ResourceWork): Promise<void> {
  const told = await work.call('dynamodb', 'DescribeTimeToLive', { TableName });
  const { AttributeName, TimeToLiveStatus } = told.TimeToLiveDescription ?? {};
  const enabled = TimeToLiveStatus === 'ENABLED' || TimeToLiveStatus === 'ENABLING';
  const next = shaped<TimeToLive | undefined>(wanted['TimeToLiveSpecification']);
  if (next?.Enabled === true) {
    if (!enabled || AttributeName !== next.AttributeName) await expire(TableName, next, work);
  } else if (enabled) {
    await expire(TableName, { ...(AttributeName !== undefined && { AttributeName }), Enabled: false }, work);
  }
}

/** Each is an operation of its own to DynamoDB, which takes one at a time. */
async function changeTable(
  TableName: string,
  wanted: Properties,
  work: ResourceWork,
): Promise<TableDescription> {
  let now = await active(TableName, work);
  const update = async (input: object): Promise<void> => {
    await work.call('dynamodb', 'UpdateTable', { TableName, ...input });
    now = await active(TableName, work);
  };
  const indexes = shaped<readonly GlobalIndex[] | undefined>(wanted['GlobalSecondaryIndexes']) ?? [];
  const { online, throughputs } = indexChanges(now.GlobalSecondaryIndexes ?? [], indexes);
  const billing = text(wanted['BillingMode']) ?? 'PROVISIONED';
  const billed = now.BillingModeSummary?.BillingMode ?? 'PROVISIONED';
  const throughput = shaped<Throughput | undefined>(wanted['ProvisionedThroughput']);
  const provisioned = billing === 'PROVISIONED';
  const others = provisioned && throughputs.length > 0 ? { GlobalSecondaryIndexUpdates: throughputs } : {};
  const changed = throughput !== undefined && !isSameThroughput(now.ProvisionedThroughput, throughput);
  if (billing !== billed || (provisioned && (changed || throughputs.length > 0)))
    await update({
      ...(billing !== billed && { BillingMode: billing }),
      ...(provisioned && (changed || billing !== billed) && { ProvisionedThroughput: throughput }),
      ...others,
    });
  if (online !== undefined)
    await update({
      AttributeDefinitions: shaped<AttributeDefinition[]>(wanted['AttributeDefinitions']),
      GlobalSecondaryIndexUpdates: [online],
    });
  const viewType = viewTypeOf(wanted);
  const viewed =
    now.StreamSpecification?.StreamEnabled === true ? now.StreamSpecification.StreamViewType : undefined;
  if (viewed !== viewType) {
    if (viewed !== undefined) await update({ StreamSpecification: { StreamEnabled: false } });
    if (viewType !== undefined) await update(streamed(viewType));
  }
  const guarded = wanted['DeletionProtectionEnabled'] === true;
  if (guarded !== (now.DeletionProtectionEnabled ?? false))
    await update({ DeletionProtectionEnabled: guarded });
  const TableClass = text(wanted['TableClass']) ?? 'STANDARD';
  if (TableClass !== (now.TableClassSummary?.TableClass ?? 'STANDARD')) await update({ TableClass });
  return now;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html */
export const table: ResourceType = {
  async create(properties, work) {
    checkBuilt(properties);
    const TableName = nameFor(properties, work);
    await work.call('dynamodb', 'CreateTable', {
      ...shaped<CreateTableCommandInput>(picked(properties, ...alike)),
      TableName,
      ...streamed(viewTypeOf(properties)),
      ...tagsInput(properties, work),
    });
    const settle = async (): Promise<Physical> => {
      const made = await active(TableName, work);
      const ttl = shaped<TimeToLive | undefined>(properties['TimeToLiveSpecification']);
      if (ttl?.Enabled === true) await expire(TableName, ttl, work);
      return physical(made);
    };
    return await orUndone(settle, () => work.call('dynamodb', 'DeleteTable', { TableName }));
  },

  async update(kept, wanted, work) {
    checkBuilt(wanted);
    const TableName = kept.id;
    const now = await changeTable(TableName, wanted, work);
    await changeExpiry(TableName, wanted, work);
    const ResourceArn = now.TableArn;
    await retag(kept, wanted, work, {
      set: (tags) => work.call('dynamodb', 'TagResource', { ResourceArn, Tags: tagList(tags) }),
      remove: (TagKeys) => work.call('dynamodb', 'UntagResource', { ResourceArn, TagKeys }),
    });
    return physical(now);
  },

  async delete(kept, work) {
    const TableName = kept.id;
    // DynamoDB deletes no table that is being made or changed; one that is being deleted already is waited for.
    const status = await work.until(PATIENCE, `The table ${TableName} is still being changed.`, async () => {
      const told = await ifThere(work.call('dynamodb', 'DescribeTable', { TableName }));
      const now = told?.Table?.TableStatus ?? 'GONE';
      return now === 'ACTIVE' || now === 'DELETING' || now === 'GONE' ? now : undefined;
    });
    if (status === 'ACTIVE') await ifThere(work.call('dynamodb', 'DeleteTable', { TableName }));
    await work.until(PATIENCE, `The table ${TableName} was not deleted in time.`, async () => {
      const there = await ifThere(work.call('dynamodb', 'DescribeTable', { TableName }));
      return there === undefined ? true : undefined;
    });
  },

  read: readTable,
  nameOf: nameFor,
  // Neither a table's keys nor its local indexes can change.
  replaces: (before, wanted) =>
    ['KeySchema', 'LocalSecondaryIndexes'].some(
      (name) => JSON.stringify(before[name]) !== JSON.stringify(wanted[name]),
    ),
};
