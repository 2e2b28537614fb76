import type { LogsPort } from './port.ts';
import { recordLines } from './record-lines.ts';
import type { LogStore } from './store.ts';

/** What other services write into their logs. No rule of PutLogEvents holds for them. */
export function logsPort(store: LogStore): LogsPort {
  return {
    write: (scope, group, name, events, cause, make = true) => {
      if (!store.groups(scope).has(group)) {
        if (!make) return;
        store.addGroup(scope, group);
      }
      const stream = store.streams(scope, group).get(name) ?? store.addStream(scope, group, name);
      const ingested = store.cloud.clock.now();
      const stored = events.map(({ timestamp, message }) => ({ t: timestamp, i: ingested, m: message }));
      store.append(scope, stream, stored);
      recordLines(store.cloud.trail, scope, stream, stored, cause);
    },
  };
}
