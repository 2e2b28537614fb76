import type { GradeEvent } from '../../grade.ts';
import { visible } from '../visible.ts';
import { fold } from '../width.ts';
import { checkBlock } from './check.ts';
import { footer, header } from './frame.ts';
import { styleOf, type Look } from './style.ts';

export interface LiveLook extends Look {
  /** Whether a line can be taken back: a terminal, not a file. */
  readonly rewritable: boolean;
}

/** Back to the start of the line, and clear it. */
const takeBack = '\r\u001b[2K';

/**
 * Shows a run as it goes: each check in the order of the lab as soon as it is known, and below them what is being
 * looked at now. What remains in the end is what `terminal` makes of the result.
 * @returns a function from an event to what is to be written
 */
export function live(look: LiveLook): (event: GradeEvent) => string {
  const style = styleOf(look);
  const running = new Map<string, string>();
  let number = 0;
  let shown = false;

  const status = (): string => {
    const title = [...running.values()].at(0);
    if (!look.rewritable || title === undefined) return '';
    shown = true;
    const [line = ''] = fold(`⋯ ${visible(title)}`, style.width - 2);
    return `  ${style.colors.dim(line)}`;
  };
  const clear = (): string => {
    const before = shown ? takeBack : '';
    shown = false;
    return before;
  };

  return (event) => {
    switch (event.kind) {
      case 'begun':
        number = event.lab.number;
        return header(event, style);
      case 'started':
        running.set(event.id, event.title);
        return clear() + status();
      case 'settled':
        running.delete(event.check.id);
        return clear() + status();
      case 'reported':
        return clear() + checkBlock(event.check, number, style) + status();
      case 'ended':
        return clear() + footer(event.result, style);
    }
  };
}
