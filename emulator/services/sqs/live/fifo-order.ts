import type { Entry, Order } from './entry.ts';
import { Line } from './line.ts';

interface Group {
  readonly entries: Line<Entry>;
  inFlight: number;
  /** Whether it stands in the line of groups that have something to give. */
  offered: boolean;
}

/**
 * A FIFO queue: messages of a group come in the order in which they were sent, and none of a group comes while
 * another of it is in flight.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html
 */
export class FifoOrder implements Order {
  readonly #groups = new Map<string, Group>();
  readonly #offers = new Line<Group>();

  add(entry: Entry): void {
    const name = nameOf(entry);
    let group = this.#groups.get(name);
    if (group === undefined) {
      group = { entries: new Line(), inFlight: 0, offered: false };
      this.#groups.set(name, group);
    }
    group.entries.push(entry);
    if (entry.state === 'in flight') group.inFlight += 1;
  }

  shown(entry: Entry): void {
    const group = this.#groups.get(nameOf(entry));
    if (group !== undefined) this.#offer(group);
  }

  landed(entry: Entry): void {
    const group = this.#groups.get(nameOf(entry));
    if (group === undefined) return;
    group.inFlight -= 1;
    this.#offer(group);
  }

  removed(entry: Entry): void {
    const name = nameOf(entry);
    const group = this.#groups.get(name);
    if (group === undefined) return;
    first(group);
    if (group.entries.size === 0) this.#groups.delete(name);
    else this.#offer(group);
  }

  take(max: number, take: (entry: Entry) => boolean): Entry[] {
    const taken: Entry[] = [];
    while (taken.length < max) {
      const group = this.#offers.shift();
      if (group === undefined) break;
      group.offered = false;
      if (group.inFlight > 0) continue;
      this.#takeFrom(group, max, take, taken);
      this.#offer(group);
    }
    return taken;
  }

  /* As many of one group as there are: SQS tries to fill an answer with one group's messages. */
  #takeFrom(group: Group, max: number, take: (entry: Entry) => boolean, taken: Entry[]): void {
    for (let place = 0; taken.length < max;) {
      const entry = group.entries.at(place);
      if (entry === undefined) return;
      if (entry.state === 'visible') {
        if (take(entry)) {
          group.inFlight += 1;
          taken.push(entry);
          place += 1;
          continue;
        }
        // It was dealt with otherwise: the line may have moved up meanwhile.
        place = 0;
        while (group.entries.at(place)?.state === 'in flight') place += 1;
        continue;
      }
      if (entry.state === 'delayed') return;
      place += 1;
    }
  }

  #offer(group: Group): void {
    if (group.offered || group.inFlight > 0 || first(group)?.state !== 'visible') return;
    group.offered = true;
    this.#offers.push(group);
  }
}

/** The group's oldest message; those before it that are gone are dropped. */
function first({ entries }: Group): Entry | undefined {
  for (;;) {
    const entry = entries.at(0);
    if (entry?.state !== 'gone') return entry;
    entries.shift();
  }
}

function nameOf({ message }: Entry): string {
  return message.group ?? '';
}
