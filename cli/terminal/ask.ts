import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { Interrupted } from '../session/failure.ts';

/** Asks one question. @returns what was typed, without spaces around it */
export type Ask = (question: string, how?: { readonly hidden?: boolean }) => Promise<string>;

/**
 * Asks whoever sits at the terminal; questions go to standard error, so that standard output stays what was asked for.
 * @throws Interrupted on Ctrl+C, and where nothing more can be typed
 */
export async function asking<T>(questions: (ask: Ask) => Promise<T>): Promise<T> {
  const screen = process.stderr;
  let hidden = false;
  // What is typed is echoed by readline, through this.
  const output = new Writable({
    write(chunk: Buffer, _, done) {
      if (!hidden) screen.write(chunk);
      done();
    },
  });
  const lines = createInterface({
    input: process.stdin,
    output: Object.assign(output, { columns: screen.columns }),
    terminal: process.stdin.isTTY,
    // A secret that was typed is not to be had again with the arrow up.
    historySize: 0,
  });
  const given = new AbortController();
  const stop = () => given.abort();
  lines.once('SIGINT', stop).once('close', stop);
  try {
    return await questions(async (question, how = {}) => {
      hidden = how.hidden === true;
      if (hidden) screen.write(question);
      try {
        const answer = await lines.question(hidden ? '' : question, { signal: given.signal });
        return answer.trim();
      } catch (error) {
        if (!given.signal.aborted) throw error;
        hidden = false;
        screen.write('\n');
        throw new Interrupted();
      } finally {
        if (hidden) screen.write('\n');
        hidden = false;
      }
    });
  } finally {
    lines.close();
  }
}
