import { randomUUID } from 'node:crypto';
import type { StackDriftStatus, StackResourceDrift } from '@aws-sdk/client-cloudformation';
import type { Call } from '../../../service/call.ts';
import { required } from '../../../service/required.ts';
import type { CloudFormationOperations } from '../client.ts';
import type { Engine } from '../engine/engine.ts';
import { resourceWork } from '../engine/work.ts';
import { invalid } from '../failures.ts';
import { pageOf } from '../page.ts';
import type { DriftRow, ResourceRow, StackRow } from '../rows.ts';
import { changeable, isUnderWay, seen } from '../stacks/found.ts';
import { differences } from './compare.ts';

type Input<Name extends keyof CloudFormationOperations> = Parameters<
  NonNullable<CloudFormationOperations[Name]>
>[0];

/** Whether resources still are what their stacks made of them. */
export function driftOperations(engine: Engine) {
  const { cloud, store, types } = engine.parts;
  const drifts = cloud.state.table<DriftRow>('cloudformation.drifts');

  const stackOf = (call: Call, name: string): StackRow => {
    const stack = changeable(store, call, name);
    if (isUnderWay(stack) || stack.status === 'REVIEW_IN_PROGRESS')
      throw invalid(
        `Drift detection cannot be performed on stack [${stack.id}] while it is in ${stack.status} state.`,
      );
    return stack;
  };

  /* Looks at one resource, and keeps what is seen. Undefined: its type tells nothing. */
  const looked = async (
    call: Call,
    stack: StackRow,
    row: ResourceRow,
  ): Promise<StackResourceDrift | undefined> => {
    const { live } = row;
    const type = types(row.type);
    if (live === undefined || type?.read === undefined) return undefined;
    const operation = { principal: call.principal, cause: call.trail };
    const parts = { cloud, scope: call, stack, operation, signal: call.signal };
    const actual = await type.read(live, resourceWork(parts, row.logicalId, randomUUID(), live.tags));
    const found = actual === undefined ? [] : differences(row.type, live.properties, actual);
    const status = actual === undefined ? 'DELETED' : found.length > 0 ? 'MODIFIED' : 'IN_SYNC';
    const now = store.resource(call, stack.id, row.logicalId);
    if (now !== undefined) store.setResource(call, { ...now, drift: { status, at: cloud.clock.now() } });
    const drift: StackResourceDrift = {
      StackId: stack.id,
      LogicalResourceId: row.logicalId,
      PhysicalResourceId: live.id,
      ResourceType: row.type,
      ExpectedProperties: JSON.stringify(live.properties),
      ...(actual !== undefined && { ActualProperties: JSON.stringify(actual) }),
      PropertyDifferences: found,
      StackResourceDriftStatus: status,
      Timestamp: new Date(cloud.clock.now()),
    };
    return drift;
  };

  return {
    async DetectStackDrift(input: Input<'DetectStackDrift'>, call: Call) {
      const stack = stackOf(call, required(input.StackName, 'StackName'));
      const wanted = input.LogicalResourceIds;
      let drifted = 0;
      const seenDrifts: string[] = [];
      for (const row of store.resources(call, stack.id)) {
        if (wanted !== undefined && !wanted.includes(row.logicalId)) continue;
        const drift = await looked(call, stack, row);
        if (drift === undefined) continue;
        if (drift.StackResourceDriftStatus !== 'IN_SYNC') drifted += 1;
        seenDrifts.push(JSON.stringify(drift));
      }
      const status: StackDriftStatus = drifted > 0 ? 'DRIFTED' : 'IN_SYNC';
      const at = cloud.clock.now();
      const id = randomUUID();
      // One detection is remembered for each stack: the latest.
      const rows = drifts.in(call);
      for (const [key, row] of [...rows.entries()]) if (row.stackId === stack.id) rows.delete(key);
      rows.set(id, { id, stackId: stack.id, at, status, drifted, resources: seenDrifts });
      const now = store.stack(call, stack.id) ?? stack;
      store.setStack(call, { ...now, drift: { status, at } });
      return { StackDriftDetectionId: id };
    },
    DescribeStackDriftDetectionStatus(input: Input<'DescribeStackDriftDetectionStatus'>, call: Call) {
      const id = required(input.StackDriftDetectionId, 'StackDriftDetectionId');
      const row = drifts.in(call).get(id);
      if (row === undefined) throw invalid(`Drift detection status for ${id} does not exist.`);
      return {
        StackId: row.stackId,
        StackDriftDetectionId: id,
        StackDriftStatus: row.status,
        DetectionStatus: 'DETECTION_COMPLETE' as const,
        DriftedStackResourceCount: row.drifted,
        Timestamp: new Date(row.at),
      };
    },
    async DetectStackResourceDrift(input: Input<'DetectStackResourceDrift'>, call: Call) {
      const stack = stackOf(call, required(input.StackName, 'StackName'));
      const id = required(input.LogicalResourceId, 'LogicalResourceId');
      const row = store.resource(call, stack.id, id);
      if (row?.live === undefined) throw invalid(`Resource ${id} does not exist for stack ${stack.name}`);
      const drift = await looked(call, stack, row);
      if (drift === undefined)
        throw invalid(`Drift detection is not supported for resource type ${row.type}.`);
      return { StackResourceDrift: drift };
    },
    DescribeStackResourceDrifts(input: Input<'DescribeStackResourceDrifts'>, call: Call) {
      const stack = seen(store, call, required(input.StackName, 'StackName'));
      const row = [...drifts.in(call).values()].find(({ stackId }) => stackId === stack.id);
      const wanted = input.StackResourceDriftStatusFilters;
      const all = (row?.resources ?? [])
        .map(readDrift)
        .filter(({ StackResourceDriftStatus: status = 'UNKNOWN' }) => wanted?.includes(status) ?? true);
      const { page, next } = pageOf(all, input.NextToken, input.MaxResults ?? 100);
      return { StackResourceDrifts: [...page], ...next };
    },
  } satisfies CloudFormationOperations;
}

function readDrift(text: string): StackResourceDrift {
  const drift = JSON.parse(text) as StackResourceDrift & { Timestamp: string };
  return { ...drift, Timestamp: new Date(drift.Timestamp) };
}
