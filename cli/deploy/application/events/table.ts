import { visible } from '../../../../grader/reporters/visible.ts';
import { padEnd, widthOf, wrap } from '../../../../grader/reporters/width.ts';
import type { Colors } from '../../../session/session.ts';
import { shorten } from '../../../terminal/shorten.ts';
import { gap, leastName, parted, typeIn, type NameAndType } from '../columns.ts';
import type { ApplicationText } from '../text.ts';
import { isAtWork, type Row } from './rows.ts';

/** How a table is to look, and when. */
export interface TableLook {
  /** That a line may take. */
  readonly columns: number;
  /** That the table may take; what has ended is folded where there is more. Absent: all of it is shown. */
  readonly lines?: number;
  /** ms, by the clock of `Row.heard`. */
  readonly now: number;
  /** Logical ids that may come yet: the columns are made for them, too. */
  readonly expected: readonly string[];
  readonly colors: Colors;
  readonly text: ApplicationText;
}

/** The rows as lines: none wider than `columns`. */
export function tableLines(rows: readonly Row[], look: TableLook): string[] {
  const layout = layoutOf(rows, look);
  if (look.lines === undefined) return rows.flatMap((row) => rowLines(row, layout, look));
  return folded(rows, look.lines, layout, look);
}

interface Layout extends NameAndType {
  readonly indent: number;
  readonly status: number;
  /** 0: it is left out. */
  readonly time: number;
}

/** The statuses that resources end in are not longer; those of a stack in passing are. */
const widestStatus = 24;
const usualStatus = 'CREATE_IN_PROGRESS'.length;

function layoutOf(rows: readonly Row[], { columns, now, expected, text }: TableLook): Layout {
  const widest = (texts: readonly string[], least: number) =>
    Math.max(least, ...texts.map((each) => widthOf(each)));
  const indent = columns < 60 ? 2 : 4;
  const all = columns - indent;
  const name = widest([...rows.map((row) => nameOf(row, text)), ...expected], 0);
  const type = widest(
    rows.map((row) => row.type),
    0,
  );
  const time = widest(
    rows.map((row) => timeOf(row, now, text)),
    5,
  );
  const natural = widest(
    rows.map((row) => row.status),
    usualStatus,
  );
  if (name + type + natural + time + 3 * gap <= all)
    return { indent, name, type, short: false, status: natural, time };
  const status = Math.min(natural, widestStatus);
  const beside = (reserved: number) => parted(name, type, all - reserved);
  const fits = beside(gap + status + gap + time);
  if (fits.name >= Math.min(name, leastName)) return { indent, ...fits, status, time };
  // A window this narrow has room for what a resource is called and how it is.
  const left = Math.max(all - gap - status, Math.min(leastName, name));
  return { indent, name: Math.min(name, left), type: 0, short: true, status: all - gap - left, time: 0 };
}

const nameOf = ({ id, replaced }: Row, text: ApplicationText): string =>
  replaced ? text.replacedOne(id) : id;

function timeOf({ took, heard }: Row, now: number, text: ApplicationText): string {
  if (took === undefined) return text.seconds(String(Math.floor(Math.max(0, now - heard) / 1000)));
  return text.seconds(took < 9950 ? (took / 1000).toFixed(1) : String(Math.round(took / 1000)));
}

/** A status by how it is: what goes back is no success, however complete. */
export function statusPaint({ red, green, yellow }: Colors, status: string): (text: string) => string {
  if (status.endsWith('_FAILED') || status.includes('ROLLBACK')) return red;
  return isAtWork(status) ? yellow : green;
}

function rowLines(row: Row, layout: Layout, look: TableLook): string[] {
  return [rowLine(row, layout, look), ...reasonLines(row, layout, look)];
}

function rowLine(row: Row, { indent, status, time, ...names }: Layout, look: TableLook): string {
  const { colors, text, now } = look;
  const fitted = (part: string, width: number) => padEnd(shorten(part, width), width);
  const between = ' '.repeat(gap);
  const paint = statusPaint(colors, row.status);
  const said = timeOf(row, now, text);
  const cells = [
    ' '.repeat(indent) + fitted(nameOf(row, text), names.name),
    ...(names.type === 0 ? [] : [colors.dim(fitted(typeIn(row.type, names), names.type))]),
  ];
  if (row.status.length > status)
    cells.push(paint(shorten(row.status, status + (time === 0 ? 0 : gap + time))));
  else if (time === 0) cells.push(paint(row.status));
  else cells.push(paint(padEnd(row.status, status)), colors.dim(' '.repeat(time - widthOf(said)) + said));
  return cells.join(between);
}

/** Lines of a reason that is shown while others are at work, too. */
const someLines = 2;

function reasonLines({ failure, status }: Row, { indent }: Layout, look: TableLook): string[] {
  if (failure === undefined) return [];
  const said = failure.status === status ? failure.reason : `${failure.status}: ${failure.reason}`;
  const before = ' '.repeat(indent + gap);
  const width = look.columns - before.length;
  const lines = wrap(visible(said), width);
  const shown = look.lines === undefined ? lines : lines.slice(0, someLines);
  if (shown.length < lines.length)
    shown.push(shorten(`${shown.pop() ?? ''} ${lines.slice(someLines).join(' ')}`, width));
  return shown.map((line) => before + look.colors.red(line));
}

/**
 * Leaves out of the table what says least, until it fits: what has ended well, the oldest first; then what has failed;
 * then what is at work, the youngest first. The stack itself stays.
 */
function folded(rows: readonly Row[], limit: number, layout: Layout, look: TableLook): string[] {
  const blocks = new Map(rows.map((row) => [row, rowLines(row, layout, look)]));
  const height = () => [...blocks.values()].reduce((sum, lines) => sum + lines.length, 0);
  const rank = (row: Row) => (isAtWork(row.status) ? 2 : row.failure === undefined ? 0 : 1);
  const order = rows
    .filter((row) => !row.stack)
    .sort((a, b) => rank(a) - rank(b) || a.ended - b.ended || rows.indexOf(b) - rows.indexOf(a));
  const left = [0, 0, 0];
  while (height() + (Math.max(...left) > 0 ? 1 : 0) > limit) {
    const row = order.shift();
    if (row === undefined) break;
    blocks.delete(row);
    left[rank(row)] = (left[rank(row)] ?? 0) + 1;
  }
  const [complete = 0, failed = 0, working = 0] = left;
  const more = look.text.more({ complete, failed, working });
  const line = ' '.repeat(layout.indent) + look.colors.dim(shorten(more, look.columns - layout.indent));
  const lines = [...blocks].flatMap(([row, its]) =>
    more !== '' && row === rows[0] && row.stack ? [...its, line] : its,
  );
  const placed = more === '' || lines.includes(line) ? lines : [line, ...lines];
  return placed.slice(-limit);
}
