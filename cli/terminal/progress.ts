const aSecond = 1000;
const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/**
 * Says what is under way once it has taken a second, and how long it has taken since. On a terminal the line is
 * rewritten and removed at the end; elsewhere it is printed once.
 */
export async function withProgress<T>(
  label: string,
  work: (say: (label: string) => void) => Promise<T>,
): Promise<T> {
  const stream = process.stderr;
  const begun = Date.now();
  let current = label;
  let frame = 0;
  const state = { shown: false };
  const tick = () => {
    if (stream.isTTY) {
      const seconds = String(Math.round((Date.now() - begun) / 1000));
      stream.write(`\r\x1b[2K${frames[frame++ % frames.length] ?? ''} ${current} (${seconds} s)`);
    } else if (!state.shown) {
      stream.write(`… ${current}\n`);
    }
    state.shown = true;
  };
  let every: NodeJS.Timeout | undefined;
  const first = setTimeout(() => {
    tick();
    if (stream.isTTY) every = setInterval(tick, 100);
  }, aSecond);
  try {
    return await work((next) => {
      current = next;
    });
  } finally {
    clearTimeout(first);
    clearInterval(every);
    if (state.shown && stream.isTTY) stream.write('\r\x1b[2K');
  }
}
