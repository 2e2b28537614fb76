import { randomUUID } from 'node:crypto';
import type { ResourceStatus, StackStatus } from '@aws-sdk/client-cloudformation';
import type { Scope } from '../../../service/call.ts';
import type { EventRow, ResourceRow, StackRow } from '../rows.ts';
import type { StackStore } from '../store.ts';
import { without } from '../../../state/without.ts';

/** What an event says besides the status. */
interface Said {
  readonly reason?: string | undefined;
  readonly physicalId?: string | undefined;
  readonly properties?: unknown;
}

/** Writes down what happens to stacks and their resources: the row as it is now, and the event, together. */
export class Ledger {
  readonly store: StackStore;

  constructor(store: StackStore) {
    this.store = store;
  }

  /** Gives a stack a status, with what else changes with it. @returns the stack as it is now */
  stack(
    scope: Scope,
    stack: StackRow,
    status: StackStatus,
    reason?: string,
    changes: Partial<StackRow> = {},
  ): StackRow {
    const rest = without(stack, 'reason');
    const row: StackRow = { ...rest, ...changes, status, ...(reason !== undefined && { reason }) };
    this.store.setStack(scope, row);
    this.#event(scope, stack.id, {
      id: randomUUID(),
      logicalId: stack.name,
      physicalId: stack.id,
      type: 'AWS::CloudFormation::Stack',
      status,
      ...(reason !== undefined && { reason }),
    });
    return row;
  }

  /** Gives a resource a status, with what else changes with it. @returns the resource as it is now */
  resource(
    scope: Scope,
    resource: ResourceRow,
    status: ResourceStatus,
    { reason, properties, physicalId = resource.physicalId }: Said = {},
  ): ResourceRow {
    const rest = without(resource, 'reason', 'physicalId');
    const row: ResourceRow = {
      ...rest,
      status,
      at: this.store.cloud.clock.now(),
      ...(reason !== undefined && { reason }),
      ...(physicalId !== undefined && { physicalId }),
    };
    this.store.setResource(scope, row);
    this.happened(scope, row, status, { reason, properties, physicalId });
    return row;
  }

  /** Tells of a resource without a change of its row: of one that was replaced, and is removed. */
  happened(
    scope: Scope,
    { stackId, logicalId, type }: ResourceRow,
    status: ResourceStatus,
    { reason, properties, physicalId }: Said,
  ): void {
    this.#event(scope, stackId, {
      logicalId,
      physicalId: physicalId ?? '',
      type,
      status,
      ...(reason !== undefined && { reason }),
      ...(properties !== undefined && { properties: JSON.stringify(properties) }),
    });
  }

  #event(
    scope: Scope,
    stackId: string,
    event: Omit<EventRow, 'id' | 'at' | 'operation'> & { readonly id?: string },
  ): void {
    const last = this.store.events(scope, stackId).at(-1)?.at ?? 0;
    // Tools sort events by time and take their ids for different: no two of a stack have the same time.
    const at = Math.max(this.store.cloud.clock.now(), last + 1);
    const operation = this.store.operation(scope, stackId);
    this.store.addEvent(scope, stackId, {
      id: `${event.logicalId}-${event.status}-${new Date(at).toISOString()}`,
      ...event,
      at,
      operation: operation?.id ?? '',
      ...(operation?.clientToken !== undefined && { clientToken: operation.clientToken }),
    });
  }
}
