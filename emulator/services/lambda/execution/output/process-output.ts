import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { readFrames } from './frames.ts';
import { splitLines } from './lines.ts';

/**
 * Takes an event that the function logged.
 * @param levelled the runtime has looked at its level already
 */
export type Take = (message: string, levelled: boolean) => void;

/** Longest wait for output that was announced, in ms: a safeguard that a healthy runtime never reaches. */
const drainLimit = 1_000;

/** Everything a runtime's process writes, made into events: framed messages, and lines of the standard streams. */
export class ProcessOutput {
  /** KB, as the runtime reported it; 0 where it did not. */
  reportedPeak = 0;
  /** V8 ended the process because its heap was full. */
  heapWasFull = false;
  readonly #take: Take;
  readonly #framed: boolean;
  readonly #lines: ReturnType<typeof splitLines>[] = [];
  #received = 0;
  #completed: string | undefined;
  #onComplete: (() => void) | undefined;
  #ended = false;

  constructor(child: ChildProcess, take: Take) {
    this.#take = take;
    const channel = child.stdio[3] as Readable | undefined;
    this.#framed = channel !== undefined;
    const plain = this.#streams();
    const framed = this.#streams();
    this.#read(child.stdout, (bytes) => plain.stdout.write(bytes));
    this.#read(child.stderr, (bytes) => plain.stderr.write(bytes));
    const readFrame = readFrames((frame) => {
      if (frame.kind === 'message') take(frame.text, true);
      else if (frame.kind === 'printed') framed[frame.stream].write(frame.bytes);
      else {
        this.#completed = frame.requestId;
        this.reportedPeak = Math.max(this.reportedPeak, frame.peakKB ?? 0);
        this.#onComplete?.();
      }
    });
    this.#read(channel, readFrame);
  }

  /**
   * Resolves when all that an invocation wrote has been taken. The answer came on another connection than the
   * output. Our bootstraps mark the end of an invocation's output; what programs wrote to the standard streams is
   * in the system's buffers by then, which hold no more than one turn of the event loop reads.
   * @param requestId undefined: its bootstrap has sent no mark, as nothing was printed through it
   */
  async drain(requestId: string | undefined): Promise<void> {
    if (requestId !== undefined && this.#framed && this.#completed !== requestId && !this.#ended) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, drainLimit);
        this.#onComplete = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#onComplete = undefined;
    }
    for (let turn = 0, seen = -1; turn < 8 && seen !== this.#received; turn += 1) {
      seen = this.#received;
      await nextTurn();
      await nextTurn();
    }
    this.#flush();
  }

  /** The process has ended and its streams with it. */
  end(): void {
    this.#ended = true;
    this.#flush();
    this.#onComplete?.();
  }

  #flush(): void {
    for (const lines of this.#lines) lines.flush();
  }

  #streams(): Record<'stdout' | 'stderr', ReturnType<typeof splitLines>> {
    const stdout = splitLines((line) => this.#take(line, false));
    const stderr = splitLines((line) => {
      if (line.includes('JavaScript heap out of memory')) this.heapWasFull = true;
      this.#take(line, false);
    });
    this.#lines.push(stdout, stderr);
    return { stdout, stderr };
  }

  #read(from: Readable | null | undefined, write: (bytes: Uint8Array) => void): void {
    from?.on('data', (bytes: Buffer) => {
      this.#received += bytes.length;
      write(bytes);
    });
    from?.on('error', () => {
      // The process's end of the pipe broke: its exit says why.
    });
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
