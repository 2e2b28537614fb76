import { invalid } from './failures.ts';
import { busNamed } from './names.ts';
import type { EventsPort } from './port.ts';
import { makeEvent } from './putting/event.ts';
import { jsonObject } from './putting/operations.ts';
import type { Router } from './putting/router.ts';
import type { EventStore } from './store.ts';

/** What other services ask of EventBridge. */
export function eventsPort(store: EventStore, router: Router): EventsPort {
  return {
    put(scope, bus, entries, cause) {
      const { place } = store.named(scope, bus);
      const events = entries.map(({ source, detailType, detail: text, resources = [], time }) => {
        const detail = jsonObject(text);
        if (detail === undefined) throw invalid('Detail is malformed.');
        return makeEvent(
          { account: scope.account, region: place.region },
          { source, detailType, detail, resources, time: time ?? store.cloud.clock.now() },
        );
      });
      for (const event of events) router.put(place, event, cause);
      return events.map(({ id }) => ({ eventId: id }));
    },
    exists(scope, bus) {
      const place = busNamed(scope, bus);
      return store.bus(place, place.name) !== undefined;
    },
  };
}
