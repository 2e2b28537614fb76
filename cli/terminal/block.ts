import { stripVTControlCharacters } from 'node:util';
import { fold, widthOf } from '../../grader/reporters/width.ts';

/** What of a terminal is used. */
export interface Screen {
  write(text: string): unknown;
  /** Of the window as it is now; undefined or 0 where nobody knows. */
  readonly columns?: number;
  readonly rows?: number;
}

/** Lines at the end of what a terminal shows, which are rewritten in place. */
export interface Block {
  /** Puts these lines where the ones before are: none wider than `room` says, and no more of them. */
  show(lines: readonly string[]): void;
  /** Puts these lines there to stay, however many: what comes next is written below them. */
  leave(lines: readonly string[]): void;
}

/**
 * Columns and lines that a block may take: the last column stays free, since some terminals break the line as soon as
 * it is written; so does the last line, where the cursor stands.
 */
export const room = ({ columns = 0, rows = 0 }: Screen): { columns: number; rows: number } => ({
  columns: (columns > 0 ? columns : 80) - 1,
  rows: Math.max(1, (rows > 0 ? rows : 24) - 1),
});

/**
 * Writes nothing to the terminal but "up", "erase this line" and lines, and leaves the cursor below the block each
 * time: whoever ends the process in between ends it in good order.
 */
export function openBlock(screen: Screen): Block {
  let shown: readonly string[] = [];
  const show = (lines: readonly string[]) => {
    // A window that has become narrower has broken the lines that were there: they take more of them now.
    const taken = shown.reduce((sum, line) => sum + rowsOf(line, room(screen).columns + 1), 0);
    const broken = taken !== shown.length;
    let text = taken > 0 ? `\r\x1b[${String(taken)}A` : '';
    lines.forEach((line, at) => {
      text += !broken && line === shown[at] ? '\n' : `\r\x1b[2K${line}\n`;
    });
    const left = taken - lines.length;
    if (left > 0) text += `${'\r\x1b[2K\n'.repeat(left)}\x1b[${String(left)}A`;
    shown = lines;
    screen.write(text);
  };
  return {
    show,
    leave(lines) {
      show(lines);
      shown = [];
    },
  };
}

const rowsOf = (line: string, columns: number): number =>
  widthOf(line) <= columns ? 1 : fold(stripVTControlCharacters(line), columns).length;
