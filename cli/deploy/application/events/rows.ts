import type { StackEvent } from '@aws-sdk/client-cloudformation';

/** One resource of a stack, as its events have told so far. */
export interface Row {
  readonly id: string;
  readonly type: string;
  readonly status: string;
  /** The one that a resource with the same id has taken the place of. */
  readonly replaced: boolean;
  /** The stack itself. */
  readonly stack: boolean;
  /** When what it is at now was first heard of: ms, by this machine's clock. */
  readonly heard: number;
  /** ms that it took, by the cloud's clock; undefined while it is at work. */
  readonly took: number | undefined;
  /** What failed first, and why. */
  readonly failure: { readonly status: string; readonly reason: string } | undefined;
  /** Counts up: which of two that have ended was the earlier. */
  readonly ended: number;
}

/** Makes one row a resource of a stack's events. */
export interface Rows {
  /** @param now ms, by this machine's clock */
  add(event: StackEvent, now: number): void;
  /** In the order in which they were first heard of. */
  all(): readonly Row[];
}

export const isAtWork = (status: string): boolean => status.endsWith('_IN_PROGRESS');
const verbOf = (status: string): string => status.replace(/_(?:IN_PROGRESS|COMPLETE|FAILED|SKIPPED)$/, '');

interface Kept {
  readonly row: Row;
  readonly physicalId: string;
  /** When what it is at began: ms, by the cloud's clock. */
  readonly begun: number;
}

export function rowsOfEvents(): Rows {
  const kept = new Map<string, Kept>();
  let count = 0;
  return {
    add(event, now) {
      const { LogicalResourceId: id = '', PhysicalResourceId: physicalId = '', ResourceStatus } = event;
      const status = ResourceStatus ?? '';
      const stack = physicalId !== '' && physicalId === event.StackId;
      const before = kept.get(id);
      // What a replacement leaves over is deleted under the same logical id: it is another resource.
      const replaced =
        status.startsWith('DELETE_') &&
        before !== undefined &&
        physicalId !== '' &&
        before.physicalId !== '' &&
        before.physicalId !== physicalId;
      const key = replaced ? `${id} ${physicalId}` : id;
      const known = replaced ? kept.get(key) : before;
      // A stack's time is that of all it does; a resource that is deleted again begins anew.
      const goesOn = known !== undefined && (stack || verbOf(known.row.status) === verbOf(status));
      const at = event.Timestamp?.getTime() ?? now;
      const begun = goesOn ? known.begun : at;
      const working = isAtWork(status);
      const reason = event.ResourceStatusReason ?? '';
      const failed = status.endsWith('_FAILED') && reason !== '';
      kept.set(key, {
        physicalId: physicalId === '' ? (known?.physicalId ?? '') : physicalId,
        begun,
        row: {
          id,
          type: event.ResourceType ?? '',
          status,
          replaced,
          stack,
          heard: goesOn ? known.row.heard : now,
          took: working ? undefined : Math.max(0, at - begun),
          failure: known?.row.failure ?? (failed ? { status, reason } : undefined),
          ended: working ? 0 : (count += 1),
        },
      });
    },
    all: () => [...kept.values()].map(({ row }) => row),
  };
}
