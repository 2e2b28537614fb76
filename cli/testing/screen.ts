/** One line of a terminal, and whether the next one is its continuation. */
interface Line {
  cells: string[];
  broken: boolean;
}

/**
 * What a terminal shows after what was written to it: scrolling, breaking of lines, wide characters, "up", "erase", and
 * the breaking anew that a window does when it becomes narrower. Whatever else it is told, it throws.
 */
export class TerminalScreen {
  columns: number;
  rows: number;
  /** Everything since the beginning, the lines that have scrolled away included. */
  #lines: Line[] = [{ cells: [], broken: false }];
  #row = 0;
  #column = 0;
  #pending = '';
  /** Each text that the terminal had to break, as far as it was in its line. */
  readonly brokenTexts: string[] = [];

  constructor(columns: number, rows: number) {
    this.columns = columns;
    this.rows = rows;
  }

  /** What it shows and has shown, without spaces at the ends of lines. */
  get text(): string[] {
    const lines = this.#lines.map(({ cells }) => cells.join('').trimEnd());
    while (lines.at(-1) === '') lines.pop();
    return lines;
  }

  write(text: string): void {
    this.#pending += text;
    for (;;) {
      // eslint-disable-next-line no-control-regex -- this is what a terminal is told by
      const [token] = /^(?:\x1b\[[?\d;]*[A-Za-z]|[^\x1b])/u.exec(this.#pending) ?? [];
      if (token === undefined) break;
      this.#pending = this.#pending.slice(token.length);
      this.#take(token);
    }
  }

  resize(columns: number, rows: number): void {
    const before = this.#lines;
    const at = this.#row;
    this.columns = columns;
    this.rows = rows;
    this.#lines = [];
    for (let index = 0; index < before.length; index += 1) {
      if (index === at) this.#row = this.#lines.length;
      const whole: string[] = [];
      let line = before[index];
      whole.push(...(line?.cells ?? []));
      while (line?.broken === true && index + 1 < before.length) {
        index += 1;
        line = before[index];
        whole.push(...(line?.cells ?? []));
      }
      const pieces = Math.max(1, Math.ceil(whole.length / columns));
      for (let piece = 0; piece < pieces; piece += 1)
        this.#lines.push({
          cells: whole.slice(piece * columns, (piece + 1) * columns),
          broken: piece + 1 < pieces,
        });
    }
  }

  #take(token: string): void {
    const [, count = '', command] = /^\x1b\[([?\d;]*)([A-Za-z])$/.exec(token) ?? []; // eslint-disable-line no-control-regex
    if (command === 'm') return;
    if (command === 'A') {
      this.#row = Math.max(this.#top, this.#row - Number(count || 1));
    } else if (command === 'K' && count === '2') {
      this.#lines[this.#row] = { cells: [], broken: false };
    } else if (command !== undefined) {
      throw new Error(`not understood: ${JSON.stringify(token)}`);
    } else if (token === '\r') {
      this.#column = 0;
    } else if (token === '\n') {
      this.#down();
      this.#column = 0;
    } else if (token >= ' ') {
      this.#put(token);
    } else {
      throw new Error(`not understood: ${JSON.stringify(token)}`);
    }
  }

  get #top(): number {
    return Math.max(0, this.#lines.length - this.rows);
  }

  #down(): void {
    this.#row += 1;
    if (this.#row === this.#lines.length) this.#lines.push({ cells: [], broken: false });
  }

  #put(character: string): void {
    // Hangul, CJK and their signs are two columns wide: what is tested here shows no other wide ones.
    const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uff00-\uff60]/.test(character) ? 2 : 1;
    let line = this.#lines[this.#row];
    if (line === undefined) throw new Error('the cursor is nowhere');
    if (this.#column + wide > this.columns) {
      line.broken = true;
      this.brokenTexts.push(line.cells.join(''));
      this.#down();
      this.#column = 0;
      line = this.#lines[this.#row] ?? line;
    }
    while (line.cells.length < this.#column) line.cells.push(' ');
    line.cells.splice(this.#column, wide, character, ...(wide === 2 ? [''] : []));
    this.#column += wide;
  }
}
