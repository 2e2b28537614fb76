import { randomUUID } from 'node:crypto';
import type { ClockTimer } from '../../../clock/clock.ts';
import type { Scope } from '../../../service/call.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import type { Operations } from '../../../service/operations.ts';
import { required } from '../../../service/required.ts';
import type { Sqs } from '../client.ts';
import { invalidParameter } from '../failures.ts';
import type { Entry } from '../live/entry.ts';
import type { LiveQueue } from '../live/live-queue.ts';
import { unsequenced } from '../live/queues.ts';
import type { Queues } from '../live/queues.ts';
import { placeOfArn, scopeOf } from '../names.ts';
import type { MoveRow } from '../rows.ts';
import { redriveOf } from './policy.ts';

/** Messages a second that SQS moves where no rate is given, and at most where one is. */
const FASTEST = 500;
const SECOND = 1000;
/** Tasks of a queue that are remembered: as many as ListMessageMoveTasks can answer. */
const REMEMBERED = 10;

/** Tasks that move the messages of a dead-letter queue back, or elsewhere. */
export class Moves {
  readonly #queues: Queues;
  /** Tasks at work; they go on after a restart. */
  readonly #running;
  readonly #finished;
  readonly #timers = new Map<string, ClockTimer>();

  constructor(queues: Queues) {
    this.#queues = queues;
    this.#running = queues.cloud.state.table<MoveRow>('sqs.moves');
    this.#finished = queues.cloud.state.table<MoveRow>('sqs.finishedMoves');
  }

  /** Takes up the tasks that were at work when the cloud ended. */
  resume(): void {
    for (const scope of this.#running.scopes())
      for (const { handle } of this.#running.in(scope).values()) this.#schedule(scope, handle, 0);
  }

  stop(): void {
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
  }

  start(
    scope: Scope,
    source: LiveQueue,
    destinationArn: string | undefined,
    rate: number | undefined,
  ): string {
    const sourceArn = this.#queues.arnOf(source);
    const tasks = this.#running.in(scope);
    if ([...tasks.values()].some((task) => task.sourceArn === sourceArn)) {
      throw invalidParameter(
        'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
      );
    }
    const handle = Buffer.from(JSON.stringify({ taskId: randomUUID(), sourceArn })).toString('base64');
    tasks.set(handle, {
      handle,
      sourceArn,
      destinationArn,
      rate,
      started: this.#queues.cloud.clock.now(),
      toMove: source.counts().visible,
      moved: 0,
      status: 'RUNNING',
    });
    this.#schedule(scope, handle, 0);
    return handle;
  }

  cancel(scope: Scope, handle: string): MoveRow | undefined {
    const task = this.#running.in(scope).get(handle);
    if (task !== undefined) this.#finish(scope, { ...task, status: 'CANCELLED' });
    return task;
  }

  /** The tasks of a queue, newest first. */
  of(scope: Scope, sourceArn: string): MoveRow[] {
    return [...this.#running.in(scope).values(), ...this.#finished.in(scope).values()]
      .filter((task) => task.sourceArn === sourceArn)
      .sort((a, b) => b.started - a.started);
  }

  #schedule(scope: Scope, handle: string, ms: number): void {
    const timer = this.#queues.cloud.clock.after(ms, () => {
      this.#timers.delete(handle);
      this.#step(scope, handle);
    });
    this.#timers.set(handle, timer);
  }

  #step(scope: Scope, handle: string): void {
    const task = this.#running.in(scope).get(handle);
    if (task === undefined) return;
    const source = this.#queues.findArn(task.sourceArn);
    if (source === undefined) {
      this.#finish(scope, { ...task, status: 'FAILED', failure: 'AWS.SimpleQueueService.NonExistentQueue' });
      return;
    }
    const left = task.toMove - task.moved;
    let moved = 0;
    for (const entry of source.visible(Math.min(task.rate ?? FASTEST, left))) {
      const failure = this.#move(entry, source, task.destinationArn);
      if (failure !== undefined) {
        this.#finish(scope, { ...task, moved: task.moved + moved, status: 'FAILED', failure });
        return;
      }
      moved += 1;
    }
    const next = { ...task, moved: task.moved + moved };
    if (moved === 0 || next.moved >= task.toMove) this.#finish(scope, { ...next, status: 'COMPLETED' });
    else {
      this.#running.in(scope).set(handle, next);
      this.#schedule(scope, handle, SECOND);
    }
  }

  /** A message that was moved is new: it has another id, and nobody has received it. */
  #move(entry: Entry, from: LiveQueue, destinationArn: string | undefined): string | undefined {
    const { source, ...message } = unsequenced(entry.message);
    const arn = destinationArn ?? source;
    if (arn === undefined) return 'CouldNotDetermineMessageSource';
    const to = this.#queues.findArn(arn);
    if (to === undefined) return 'AWS.SimpleQueueService.NonExistentQueue';
    from.remove(entry);
    to.add(
      {
        ...message,
        queue: to.id,
        id: randomUUID(),
        sent: this.#queues.cloud.clock.now(),
        from: 0,
        ...(to.row.fifo && { sequence: to.nextSequence() }),
      },
      undefined,
      entry.cause,
    );
    return undefined;
  }

  #finish(scope: Scope, task: MoveRow): void {
    this.#timers.get(task.handle)?.cancel();
    this.#timers.delete(task.handle);
    this.#running.in(scope).delete(task.handle);
    const finished = this.#finished.in(scope);
    finished.set(task.handle, task);
    for (const old of this.of(scope, task.sourceArn).slice(REMEMBERED)) finished.delete(old.handle);
  }
}

/** StartMessageMoveTask and what belongs to it. */
export function moveOperations(queues: Queues, moves: Moves) {
  const named = (arn: string | undefined, parameter: string): LiveQueue => {
    const given = required(arn, parameter);
    if (placeOfArn(given) === undefined)
      throw invalidParameter(`Value ${given} for parameter ${parameter} is invalid.`);
    const queue = queues.findArn(given);
    if (queue === undefined) {
      throw new ServiceFailure(
        'ResourceNotFoundException',
        `The resource that you specified for the ${parameter} parameter doesn't exist.`,
      );
    }
    return queue;
  };
  return {
    StartMessageMoveTask(input, call) {
      const source = named(input.SourceArn, 'SourceArn');
      const arn = queues.arnOf(source);
      const destination = input.DestinationArn;
      if (destination !== undefined) named(destination, 'DestinationArn');
      const sources = [...queues.rows(source.scope).values()];
      if (!sources.some((row) => redriveOf(row)?.deadLetterTargetArn === arn)) {
        throw invalidParameter('Source queue must be configured as a Dead Letter Queue.');
      }
      const rate = input.MaxNumberOfMessagesPerSecond;
      if (rate !== undefined && (rate < 1 || rate > FASTEST)) {
        throw invalidParameter(
          `Value ${String(rate)} for parameter MaxNumberOfMessagesPerSecond is invalid. Reason: You must enter a value that's between 1 and ${String(FASTEST)}.`,
        );
      }
      return { TaskHandle: moves.start(scopeOf(call), source, destination, rate) };
    },
    ListMessageMoveTasks(input, call) {
      const arn = queues.arnOf(named(input.SourceArn, 'SourceArn'));
      const most = Math.min(Math.max(input.MaxResults ?? 1, 1), REMEMBERED);
      return {
        Results: moves
          .of(scopeOf(call), arn)
          .slice(0, most)
          .map((task) => ({
            // Only what runs can be cancelled.
            ...(task.status === 'RUNNING' && { TaskHandle: task.handle }),
            Status: task.status,
            SourceArn: task.sourceArn,
            ...(task.destinationArn !== undefined && { DestinationArn: task.destinationArn }),
            ...(task.rate !== undefined && { MaxNumberOfMessagesPerSecond: task.rate }),
            ApproximateNumberOfMessagesMoved: task.moved,
            ApproximateNumberOfMessagesToMove: task.toMove,
            ...(task.failure !== undefined && { FailureReason: task.failure }),
            StartedTimestamp: task.started,
          })),
      };
    },
    CancelMessageMoveTask(input, call) {
      const handle = required(input.TaskHandle, 'TaskHandle');
      const sourceArn = sourceOf(handle);
      if (sourceArn === undefined) throw invalidParameter('Value for parameter TaskHandle is invalid.');
      named(sourceArn, 'SourceArn');
      const task = moves.cancel(scopeOf(call), handle);
      if (task === undefined) {
        throw new ServiceFailure('ResourceNotFoundException', 'Task does not exist.');
      }
      return { ApproximateNumberOfMessagesMoved: task.moved };
    },
  } satisfies Operations<Sqs>;
}

function sourceOf(handle: string): string | undefined {
  try {
    const read = JSON.parse(Buffer.from(handle, 'base64').toString()) as {
      taskId?: unknown;
      sourceArn?: unknown;
    };
    return typeof read.taskId === 'string' && typeof read.sourceArn === 'string' ? read.sourceArn : undefined;
  } catch {
    return undefined;
  }
}
