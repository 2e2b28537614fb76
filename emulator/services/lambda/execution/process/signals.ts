import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';

const isWindows = process.platform === 'win32';

/** Whether processes can be stopped and continued on this system. */
export const canFreeze = !isWindows;

/** Lets everybody else's work come before that of a process, and of what it starts from now on. */
export function yieldToOthers(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It has ended.
  }
}

/** Stops a process and everything it started: nothing of it runs until {@link thaw}. */
export function freeze(pid: number): void {
  signalGroup(pid, 'SIGSTOP');
}

/** Lets a frozen process run on. */
export function thaw(pid: number): void {
  signalGroup(pid, 'SIGCONT');
}

/** Ends a process and everything it started, at once. */
export function kill(pid: number): void {
  if (!isWindows) {
    signalGroup(pid, 'SIGKILL');
    return;
  }
  // Windows has no process groups: its own tool walks the tree.
  const tool = spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true });
  tool.on('error', () => {
    // Without the tool at least the process itself is ended.
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended.
    }
  });
}

/* A child is started as the leader of a group of its own, so that what it starts belongs to the group, too. */
function signalGroup(pid: number, signal: NodeJS.Signals): void {
  if (isWindows) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The whole group has ended.
  }
}
