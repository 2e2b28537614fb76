import type { Cloud } from '../../cloud.ts';
import type { Scope } from '../../service/call.ts';
import type { Table } from '../../state/state.ts';
import { noSuchGroup, noSuchSchedule } from './failures.ts';
import { DEFAULT_GROUP, keyOf, type GroupRow, type ScheduleRow } from './rows.ts';

/** Groups and schedules of every account and region. */
export class ScheduleStore {
  readonly cloud: Cloud;
  readonly #groups: Table<GroupRow>;
  readonly #schedules: Table<ScheduleRow>;

  constructor(cloud: Cloud) {
    this.cloud = cloud;
    this.#groups = cloud.state.table<GroupRow>('scheduler.groups');
    this.#schedules = cloud.state.table<ScheduleRow>('scheduler.schedules');
  }

  group(scope: Scope, name: string): GroupRow | undefined {
    const rows = this.#groups.in(scope);
    // Every account has the default group; its row is made when it is looked for.
    if (name === DEFAULT_GROUP && !rows.has(name)) {
      const now = this.cloud.clock.now();
      rows.set(name, { name, created: now, modified: now, tags: {} });
    }
    return rows.get(name);
  }

  /** @throws ResourceNotFoundException */
  groupNamed(scope: Scope, name: string): GroupRow {
    const row = this.group(scope, name);
    if (row === undefined) throw noSuchGroup(name);
    return row;
  }

  groups(scope: Scope): GroupRow[] {
    this.group(scope, DEFAULT_GROUP);
    return [...this.#groups.in(scope).values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  setGroup(scope: Scope, row: GroupRow): void {
    this.#groups.in(scope).set(row.name, row);
  }

  deleteGroup(scope: Scope, name: string): void {
    this.#groups.in(scope).delete(name);
  }

  schedule(scope: Scope, group: string, name: string): ScheduleRow | undefined {
    return this.#schedules.in(scope).get(keyOf(group, name));
  }

  /** @throws ResourceNotFoundException for the group or the schedule */
  scheduleNamed(scope: Scope, group: string, name: string): ScheduleRow {
    this.groupNamed(scope, group);
    const row = this.schedule(scope, group, name);
    if (row === undefined) throw noSuchSchedule(name);
    return row;
  }

  /** In order of group and name. */
  schedules(scope: Scope): ScheduleRow[] {
    return [...this.#schedules.in(scope).values()].sort((a, b) =>
      keyOf(a.group, a.name) < keyOf(b.group, b.name) ? -1 : 1,
    );
  }

  setSchedule(scope: Scope, row: ScheduleRow): void {
    this.#schedules.in(scope).set(keyOf(row.group, row.name), row);
  }

  deleteSchedule(scope: Scope, { group, name }: ScheduleRow): void {
    this.#schedules.in(scope).delete(keyOf(group, name));
  }
}
