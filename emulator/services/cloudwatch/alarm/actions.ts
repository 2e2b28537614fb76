import { randomUUID } from 'node:crypto';
import type { ClockTimer } from '../../../clock/clock.ts';
import type { Cloud } from '../../../cloud.ts';
import type { Scope } from '../../../service/call.ts';
import type { Table } from '../../../state/state.ts';
import type { OtherPorts } from '../ports.ts';
import { alarmData, lambdaPayload, notification } from './messages.ts';
import { alarmArn, alarmName, type AlarmRow, type AlarmState } from './rows.ts';
import type { AlarmStore } from './store.ts';

/** What a transition sets off, kept until it was done. */
interface PendingRow {
  readonly alarm: string;
  readonly target: string;
  readonly kind: 'sns' | 'lambda' | 'events';
  readonly body: string;
  readonly subject: string | null;
  /** ms since 1970, cloud time */
  readonly dueAt: number;
  readonly tries: number;
}

const PRINCIPAL = {
  sns: 'cloudwatch.amazonaws.com',
  lambda: 'lambda.alarms.cloudwatch.amazonaws.com',
} as const;
const MOST_TRIES = 3;
const RETRY_AFTER = 10_000;
const EVENTS = 'events';

/** Carries out what alarms set off: SNS topics, Lambda functions, and an event for EventBridge. */
export class AlarmActionQueue {
  readonly #cloud: Cloud;
  readonly #alarms: AlarmStore;
  readonly #ports: OtherPorts;
  readonly #pending: Table<PendingRow>;
  readonly #timers = new Map<string, ClockTimer>();
  readonly #running = new Set<Promise<void>>();
  #stopped = false;

  constructor(alarms: AlarmStore, ports: OtherPorts) {
    this.#cloud = alarms.cloud;
    this.#alarms = alarms;
    this.#ports = ports;
    this.#pending = alarms.cloud.state.table<PendingRow>('cloudwatch.actions');
    alarms.onTransition((scope, row, before) => this.#transition(scope, row, before));
    for (const scope of this.#pending.scopes())
      for (const [id, row] of this.#pending.in(scope).entries()) this.#schedule(scope, id, row.dueAt);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
    await Promise.all(this.#running);
  }

  #transition({ account, region }: Scope, row: AlarmRow, before: AlarmState): void {
    const scope = { account, region };
    this.#keep(scope, {
      alarm: row.name,
      target: EVENTS,
      kind: 'events',
      body: JSON.stringify(alarmData(row, before)),
      subject: null,
    });
    if (!row.actionsEnabled || this.#suppressed(scope, row)) return;
    for (const target of row.actions[row.state.value]) {
      const [, , service] = target.split(':');
      if (service === 'sns') {
        const { subject, message } = notification(scope, row, before);
        this.#keep(scope, { alarm: row.name, target, kind: 'sns', body: message, subject });
      } else if (service === 'lambda')
        this.#keep(scope, {
          alarm: row.name,
          target,
          kind: 'lambda',
          body: lambdaPayload(scope, row, before),
          subject: null,
        });
      else this.#done(scope, row.name, target, 'this cloud has nothing that carries such an action out');
    }
  }

  #suppressed(scope: Scope, row: AlarmRow): boolean {
    if (row.kind !== 'composite' || row.suppressor === null) return false;
    return this.#alarms.in(scope).get(alarmName(scope, row.suppressor))?.state.value === 'ALARM';
  }

  #keep(scope: Scope, row: Omit<PendingRow, 'dueAt' | 'tries'>): void {
    const id = randomUUID();
    const dueAt = this.#cloud.clock.now();
    this.#pending.in(scope).set(id, { ...row, dueAt, tries: 0 });
    this.#schedule(scope, id, dueAt);
  }

  #schedule(scope: Scope, id: string, dueAt: number): void {
    if (this.#stopped) return;
    const timer = this.#cloud.clock.at(dueAt, () => {
      this.#timers.delete(id);
      const work = this.#attempt(scope, id).finally(() => this.#running.delete(work));
      this.#running.add(work);
    });
    this.#timers.set(id, timer);
  }

  async #attempt(scope: Scope, id: string): Promise<void> {
    const row = this.#pending.in(scope).get(id);
    if (row === undefined) return;
    try {
      await this.#deliver(scope, id, row);
      this.#pending.in(scope).delete(id);
      if (row.kind !== 'events') this.#done(scope, row.alarm, row.target, undefined);
    } catch (error) {
      const tries = row.tries + 1;
      if (tries < MOST_TRIES && !isFinal(error)) {
        if (this.#hasStopped()) return;
        const dueAt = this.#cloud.clock.now() + RETRY_AFTER;
        this.#pending.in(scope).set(id, { ...row, tries, dueAt });
        this.#schedule(scope, id, dueAt);
        return;
      }
      this.#pending.in(scope).delete(id);
      this.#done(scope, row.alarm, row.target, error instanceof Error ? error.message : String(error));
    }
  }

  #hasStopped(): boolean {
    return this.#stopped;
  }

  async #deliver(scope: Scope, id: string, row: PendingRow): Promise<void> {
    const source = { sourceArn: alarmArn(scope, row.alarm), sourceAccount: scope.account };
    if (row.kind === 'events') {
      const events = await this.#ports.events();
      // It may have been delivered while the port was opened for another attempt.
      if (!this.#pending.in(scope).has(id)) return;
      const entry = {
        source: 'aws.cloudwatch',
        detailType: 'CloudWatch Alarm State Change',
        detail: row.body,
        resources: [source.sourceArn],
      };
      events.put(scope, 'default', [entry]);
      return;
    }
    if (row.kind === 'sns') {
      const sns = await this.#ports.sns();
      const message = { message: row.body, ...(row.subject === null ? {} : { subject: row.subject }) };
      sns.publish(scope, row.target, message, undefined, { service: PRINCIPAL.sns, ...source });
      return;
    }
    const lambda = await this.#ports.lambda();
    const { functionName, qualifier } = functionOf(row.target);
    if (!lambda.permits(scope, functionName, { service: PRINCIPAL.lambda, ...source }, qualifier))
      throw new Final(
        `${PRINCIPAL.lambda} is not authorized to perform: lambda:InvokeFunction on the function, because no resource-based policy allows it`,
      );
    await lambda.enqueue(scope, { functionName: row.target, payload: new TextEncoder().encode(row.body) });
  }

  #done(scope: Scope, name: string, target: string, failure: string | undefined): void {
    const row = this.#alarms.in(scope).get(name);
    const outcome = failure === undefined ? 'Successfully executed' : 'Failed to execute';
    const data = JSON.stringify({
      actionState: failure === undefined ? 'Succeeded' : 'Failed',
      stateUpdateTimestamp: row?.state.transitioned ?? this.#cloud.clock.now(),
      notificationResource: target,
      publishedMessage: null,
      error: failure ?? null,
    });
    if (row !== undefined) this.#alarms.record(scope, row, 'Action', `${outcome} action ${target}`, data);
    if (failure === undefined) return;
    this.#cloud.trail.record(scope, 'decision', {
      by: alarmArn(scope, name),
      outcome: `action ${target} failed`,
      why: failure,
    });
  }
}

/** What trying again does not mend. */
class Final extends Error {}

function isFinal(error: unknown): boolean {
  return error instanceof Final;
}

/** A function's ARN without its qualifier, and the qualifier. */
function functionOf(arn: string): { readonly functionName: string; readonly qualifier: string | undefined } {
  const parts = arn.split(':');
  return { functionName: parts.slice(0, 7).join(':'), qualifier: parts[7] };
}
