import type { TableDescription } from '@aws-sdk/client-dynamodb';
import { findFunction, findMappings, functionName, type Mapping } from '../found/function.ts';
import { findTable, tableName } from '../found/table.ts';
import { enabled, essence } from './queue.ts';
import { shown } from '../../wording/wording.ts';
import { evidence, type LabCheck } from './context.ts';

/** The mapping that feeds `audit`, and the table whose stream it reads. */
export interface AuditMapping {
  readonly mapping: Mapping;
  readonly table: TableDescription;
}

const stream: LabCheck = {
  id: 'stream',
  title: (text) => text.stream.title,
  points: 5,
  verifiedOn: ['embedded'],
  hints: (text) => text.stream.hints,
  async run(context): Promise<AuditMapping> {
    const text = context.text.stream;
    const name = tableName(context, 'orders');
    const table = await findTable(context, 'orders');
    if (table === undefined) return context.fail({ ...text.noTable(name), expected: name });
    const specification = table.StreamSpecification;
    const described = evidence('DescribeTable', {
      StreamSpecification: specification,
      LatestStreamArn: table.LatestStreamArn,
    });
    if (specification?.StreamEnabled !== true)
      return context.fail({ ...text.off(name), evidence: described });
    context
      .expect(specification.StreamViewType, {
        ...text.view(shown(specification.StreamViewType)),
        evidence: described,
      })
      .toBe('NEW_AND_OLD_IMAGES');
    const audit = functionName(context, 'audit');
    if ((await findFunction(context, 'audit')) === undefined)
      return context.fail({ ...text.noAudit(audit), expected: audit });
    const all = await findMappings(context, 'audit');
    const seen = evidence('ListEventSourceMappings', all.map(essence));
    const mapping = all.find(({ EventSourceArn }) => EventSourceArn === table.LatestStreamArn);
    if (mapping === undefined)
      return context.fail({
        ...text.none,
        expected: table.LatestStreamArn ?? '',
        evidence: [...seen, ...described],
      });
    enabled(context, mapping.State, mapping.StateTransitionReason, seen);
    const {
      StartingPosition: start,
      MaximumRetryAttempts: retries = -1,
      MaximumRecordAgeInSeconds: age = -1,
    } = mapping;
    context.expect(start, { ...text.latest(shown(start)), evidence: seen }).toBe('TRIM_HORIZON');
    if (retries < 0 && age < 0)
      context.fail({
        ...text.endless,
        expected: 'MaximumRetryAttempts ≥ 0',
        actual: String(retries),
        evidence: seen,
      });
    return { mapping, table };
  },
};

export const streamChecks = { stream };
