import type { StackEvent } from '@aws-sdk/client-cloudformation';
import type { Session } from '../../../session/session.ts';
import { openBlock, room, type Screen } from '../../../terminal/block.ts';
import { applicationTexts } from '../text.ts';
import { rowsOfEvents } from './rows.ts';
import { tableLines } from './table.ts';

/** A screen that says when it has another size. */
export interface ResizableScreen extends Screen {
  on(event: 'resize', listener: () => void): unknown;
  off(event: 'resize', listener: () => void): unknown;
}

export interface LiveEvents {
  add(event: StackEvent): void;
  /** Leaves the table complete, and what comes next is written below it. */
  end(): void;
}

const aSecond = 1000;

/**
 * Shows the events of a stack as a table, a row a resource, each rewritten in place.
 * @param expected logical ids of resources that are about to have events
 */
export function liveEvents(
  session: Session,
  screen: ResizableScreen,
  expected: readonly string[],
): LiveEvents {
  const rows = rowsOfEvents();
  const block = openBlock(screen);
  const look = () => ({
    columns: room(screen).columns,
    now: Date.now(),
    expected,
    colors: session.colors,
    text: applicationTexts[session.language],
  });
  let waiting: NodeJS.Immediate | undefined;
  const draw = () => {
    waiting = undefined;
    block.show(tableLines(rows.all(), { ...look(), lines: room(screen).rows }));
  };
  const tick = setInterval(draw, aSecond);
  screen.on('resize', draw);
  return {
    add(event) {
      rows.add(event, Date.now());
      // Events come many at a time: they are drawn together.
      waiting ??= setImmediate(draw);
    },
    end() {
      clearInterval(tick);
      clearImmediate(waiting);
      screen.off('resize', draw);
      block.leave(tableLines(rows.all(), look()));
    },
  };
}
