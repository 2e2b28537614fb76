import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

/*
 * Ends the groups of what it was told of when its input closes, which the system does when the cloud dies in whatever way.
 * Frozen processes and busy loops cannot notice that themselves. Then, on Linux, what left its group: it is known
 * by the folder of functions in its variables, and looked for until nothing is found: it may have started others. Some hundred kilobytes, as it is no Node.
 */
const script = `
pids=' '
while read -r op pid; do
  case $op in
    +) pids="$pids$pid " ;;
    -) case $pids in *" $pid "*) pids="\${pids%%" $pid "*} \${pids#*" $pid "}" ;; esac ;;
  esac
done
for pid in $pids; do kill -9 "-$pid" 2>/dev/null; done
turn=0
while [ $turn -lt 50 ]; do
  files=$(grep -lsF -e "$1" /proc/[0-9]*/environ 2>/dev/null)
  [ -n "$files" ] || break
  for file in $files; do
    pid=\${file#/proc/}
    kill -9 "\${pid%/environ}" 2>/dev/null
  done
  turn=$((turn + 1))
done
`;

/**
 * Sees to it that no function's process outlives the cloud, also where it is ended by kill -9. On Windows the
 * system does so itself: Node's children belong to a job that ends with their parent.
 */
export class Guard {
  readonly #mark: string;
  #shell: ChildProcess | undefined;
  readonly #watched = new Set<number>();

  /** @param mark the folder that the variables of every function's process name, and nobody else's */
  constructor(mark: string) {
    this.#mark = mark;
  }

  /** @param pid leader of a process group */
  watch(pid: number): void {
    this.#watched.add(pid);
    this.#tell(`+ ${pid}\n`);
  }

  /** The process and its group have ended. */
  forget(pid: number): void {
    if (this.#watched.delete(pid)) this.#tell(`- ${pid}\n`);
  }

  /** Ends the guard; what it still watches dies with it. Resolves when it has gone. */
  async stop(): Promise<void> {
    const shell = this.#shell;
    this.#shell = undefined;
    this.#watched.clear();
    if (shell === undefined || shell.exitCode !== null || shell.signalCode !== null) return;
    const gone = new Promise((resolve) => shell.once('exit', resolve));
    // Waited for, also where nothing else keeps this process alive.
    shell.ref();
    shell.stdin?.end();
    await gone;
  }

  #tell(line: string): void {
    if (process.platform === 'win32') return;
    if (this.#shell === undefined) this.#start();
    else this.#shell.stdin?.write(line);
  }

  #start(): void {
    const shell = spawn('/bin/sh', ['-c', script, 'coldstart-guard', this.#mark], {
      // A group of its own: Ctrl-C in the student's terminal does not reach it before the cloud has gone.
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      env: { PATH: '/usr/bin:/bin' },
    });
    this.#shell = shell;
    const lost = (): void => {
      if (this.#shell === shell) this.#shell = undefined;
    };
    shell.on('error', lost);
    shell.on('exit', lost);
    shell.stdin.on('error', lost);
    shell.unref();
    (shell.stdin as { unref?(): void }).unref?.();
    for (const pid of this.#watched) shell.stdin.write(`+ ${pid}\n`);
  }
}
