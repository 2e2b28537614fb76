import type { Exit } from '../process/runtime-process.ts';

/** How an invocation failed: what the caller gets, and what the log says. */
export interface Failure {
  readonly payload: Uint8Array;
  readonly errorType: string;
  /** What the log says of a runtime that ended on its own. */
  readonly fault: string | undefined;
}

/** @param seconds the function's timeout. Payload as recorded on AWS (2025-11). */
export function timedOut(requestId: string, seconds: number): Failure {
  const errorType = 'Sandbox.Timedout';
  const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`;
  return { payload: bytes({ errorType, errorMessage }), errorType, fault: undefined };
}

/** Payload as recorded on AWS: the message stands first. */
export function responseTooLarge(): Failure {
  const errorType = 'Function.ResponseSizeTooLarge';
  const errorMessage = 'Response payload size exceeded maximum allowed payload size (6291556 bytes).';
  return { payload: bytes({ errorMessage, errorType }), errorType, fault: undefined };
}

/** The runtime ended, or could not be started. */
export function exited(requestId: string, exit: Exit, framed: boolean): Failure {
  const { errorType, told } = describe(exit, framed);
  const errorMessage = `RequestId: ${requestId} Error: ${told}`;
  return { payload: bytes({ errorType, errorMessage }), errorType, fault: told };
}

/** What the runtime itself told: its payload goes to the caller as it is. */
export function reported(payload: Uint8Array): Failure {
  return { payload, errorType: errorTypeOf(payload), fault: undefined };
}

function describe(exit: Exit, framed: boolean): { readonly errorType: string; readonly told: string } {
  if (exit.outOfMemory) {
    return { errorType: 'Runtime.OutOfMemory', told: 'Runtime exited with error: signal: killed' };
  }
  if (exit.refused !== undefined) {
    // A shell's status for a command that is not there, as for a wrapper script (recorded).
    if (framed) return { errorType: 'Runtime.ExitError', told: 'Runtime exited with error: exit status 127' };
    const told =
      exit.refused === 'ENOENT'
        ? "Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]"
        : `fork/exec /var/task/bootstrap: ${exit.refused === 'EACCES' ? 'permission denied' : 'exec format error'}`;
    return { errorType: 'Runtime.InvalidEntrypoint', told };
  }
  const errorType = 'Runtime.ExitError';
  if (exit.signal !== undefined) {
    return { errorType, told: `Runtime exited with error: signal: ${signals[exit.signal] ?? exit.signal}` };
  }
  if (exit.status === undefined || exit.status === 0) {
    return { errorType, told: 'Runtime exited without providing a reason' };
  }
  return { errorType, told: `Runtime exited with error: exit status ${exit.status}` };
}

/* Go's names of signals, which Lambda's own supervisor prints. */
const signals: Readonly<Partial<Record<NodeJS.Signals, string>>> = {
  SIGABRT: 'aborted',
  SIGBUS: 'bus error',
  SIGFPE: 'floating point exception',
  SIGHUP: 'hangup',
  SIGILL: 'illegal instruction',
  SIGINT: 'interrupt',
  SIGKILL: 'killed',
  SIGPIPE: 'broken pipe',
  SIGQUIT: 'quit',
  SIGSEGV: 'segmentation fault',
  SIGTERM: 'terminated',
  SIGTRAP: 'trace/breakpoint trap',
};

function errorTypeOf(payload: Uint8Array): string {
  try {
    const { errorType } = JSON.parse(Buffer.from(payload).toString()) as { errorType?: unknown };
    if (typeof errorType === 'string' && errorType !== '') return errorType;
  } catch {
    // A custom runtime may post anything.
  }
  return 'Runtime.Unknown';
}

function bytes(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}
