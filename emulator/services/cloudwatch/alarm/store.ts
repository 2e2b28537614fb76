import type { HistoryItemType, StateValue } from '@aws-sdk/client-cloudwatch';
import type { Cloud } from '../../../cloud.ts';
import type { Scope } from '../../../service/call.ts';
import type { Rows, Table } from '../../../state/state.ts';
import { alarmArn, type AlarmRow, type AlarmState, type HistoryRow } from './rows.ts';

/** Told of every change of a state, in the piece of code that makes it. */
export type TransitionListener = (scope: Scope, alarm: AlarmRow, before: AlarmState) => void;

const HISTORY = 'history';
/** History is kept for 30 days on AWS; here the last so many items of an account and region. */
const MOST_HISTORY = 2_000;

/** Alarms, their states and their history. */
export class AlarmStore {
  readonly cloud: Cloud;
  readonly #alarms: Table<AlarmRow>;
  readonly #history;
  readonly #transitions = new Set<TransitionListener>();
  readonly #changes = new Set<() => void>();

  constructor(cloud: Cloud) {
    this.cloud = cloud;
    this.#alarms = cloud.state.table<AlarmRow>('cloudwatch.alarms');
    this.#history = cloud.state.sequences<HistoryRow>('cloudwatch.history');
  }

  scopes(): IterableIterator<Scope> {
    return this.#alarms.scopes();
  }

  in(scope: Scope): Rows<AlarmRow> {
    return this.#alarms.in(scope);
  }

  /** Keeps an alarm whose configuration is new. */
  configure(scope: Scope, row: AlarmRow, verb: 'created' | 'updated' | 'deleted'): void {
    if (verb === 'deleted') this.#alarms.in(scope).delete(row.name);
    else this.#alarms.in(scope).set(row.name, row);
    const data = JSON.stringify({
      version: '1.0',
      type: verb === 'created' ? 'Create' : verb === 'updated' ? 'Update' : 'Delete',
      [verb === 'deleted' ? 'deletedAlarm' : verb === 'created' ? 'createdAlarm' : 'updatedAlarm']: {
        alarmName: row.name,
        alarmArn: alarmArn(scope, row.name),
        stateValue: row.state.value,
      },
    });
    this.record(scope, row, 'ConfigurationUpdate', `Alarm "${row.name}" ${verb}`, data);
    for (const changed of this.#changes) changed();
  }

  /** Puts an alarm into a state. Its actions follow where the value is another one. */
  setState(scope: Scope, row: AlarmRow, value: StateValue, reason: string, data: string | null): void {
    const now = this.cloud.clock.now();
    const before = row.state;
    const transition = before.value !== value;
    const state: AlarmState = {
      value,
      reason: reason.slice(0, 1023),
      data,
      updated: now,
      transitioned: transition ? now : before.transitioned,
    };
    const after = { ...row, state };
    this.#alarms.in(scope).set(row.name, after);
    if (!transition) return;
    this.record(
      scope,
      row,
      'StateUpdate',
      `Alarm updated from ${before.value} to ${value}`,
      JSON.stringify({ version: '1.0', oldState: stateText(before), newState: stateText(state) }),
    );
    this.cloud.trail.record(scope, 'decision', {
      by: alarmArn(scope, row.name),
      outcome: `${before.value} → ${value}`,
      why: reason,
    });
    for (const listener of this.#transitions) listener(scope, after, before);
  }

  record(scope: Scope, { name, kind }: AlarmRow, item: HistoryItemType, summary: string, data: string): void {
    if (item !== 'ConfigurationUpdate' && item !== 'StateUpdate' && item !== 'Action') return;
    const history = this.#history.in(scope, HISTORY);
    const type = kind === 'metric' ? 'MetricAlarm' : 'CompositeAlarm';
    const time = this.cloud.clock.now();
    history.append([{ name, type, time, item, summary: summary.slice(0, 255), data: data.slice(0, 4095) }]);
    if (history.items().length > MOST_HISTORY) history.dropFirst(MOST_HISTORY / 10);
  }

  /** Oldest first. */
  history(scope: Scope): readonly HistoryRow[] {
    return this.#history.in(scope, HISTORY).items();
  }

  onTransition(listener: TransitionListener): void {
    this.#transitions.add(listener);
  }

  /** Calls `listener` when an alarm was made, changed or deleted. */
  onChange(listener: () => void): void {
    this.#changes.add(listener);
  }
}

function stateText({ value, reason, data }: AlarmState): object {
  return {
    stateValue: value,
    stateReason: reason,
    ...(data === null ? {} : { stateReasonData: parsed(data) }),
  };
}
function parsed(data: string): unknown {
  try {
    return JSON.parse(data) as unknown;
  } catch {
    return data;
  }
}
