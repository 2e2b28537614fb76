/* A cloud that a test kills: environments at work, frozen and with children of their own. Prints their process ids. */
import { openBench } from './bench.ts';

const busy = {
  'index.mjs': `import { spawn } from 'node:child_process';
export const handler = async ({ loop }) => {
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 100_000)']);
  const stray = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 100_000)'], { detached: true, stdio: 'ignore' });
  stray.unref();
  console.log('pids ' + process.pid + ' ' + child.pid + ' ' + (process.platform === 'linux' ? stray.pid : ''));
  if (loop) for (;;);
  await new Promise((done) => setTimeout(done, 100_000));
};`,
};

const bench = openBench({ home: process.argv[2] ?? '' });
const pid = `export const handler = async () => process.pid;`;
const frozen = await bench.invoke<number>(bench.make({ 'index.mjs': pid }));
if (process.argv[3] === 'stop') await bench.stop();
else endure(frozen.value);

/** Has environments at work until it is killed. */
function endure(first: number): void {
  for (const loop of [false, true]) {
    const name = loop ? 'loop' : 'wait';
    const version = bench.make(busy, { name, timeoutSeconds: 100 });
    void bench.invoke(version, { loop });
  }
  const timer = setInterval(() => {
    const told = bench.lines.flatMap(
      ({ message }) => /pids (\d+) (\d+) (\d*)/.exec(message)?.slice(1).filter(Boolean) ?? [],
    );
    if (told.length < (process.platform === 'linux' ? 6 : 4)) return;
    clearInterval(timer);
    process.stdout.write(`${JSON.stringify([first, ...told.map(Number)])}\n`);
  }, 10);
  // Held alive until it is killed.
  setInterval(() => {}, 1_000);
}
