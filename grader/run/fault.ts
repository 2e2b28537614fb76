import { relative, sep } from 'node:path';
import { projectRoot } from '../../tooling/root.ts';

/** An error that is not the student's, as a student may read it and we may work with it. */
export interface Fault {
  readonly what: string;
  /** Request id, status and the first place in our sources: no path of the machine. */
  readonly detail: string | undefined;
}

export function faultOf(error: unknown): Fault {
  if (!(error instanceof Error)) return { what: String(error), detail: undefined };
  const lines = [answerOf(error), placeOf(error.stack ?? '')].filter((line) => line !== undefined);
  return {
    what: error.message === '' ? error.name : `${error.name}: ${error.message}`,
    detail: lines.length === 0 ? undefined : lines.join('\n'),
  };
}

/** What the SDK knows of the answer that was an error. */
function answerOf(error: Error): string | undefined {
  const metadata = (error as { $metadata?: { httpStatusCode?: number; requestId?: string } }).$metadata;
  if (metadata === undefined) return undefined;
  const { httpStatusCode: status, requestId } = metadata;
  return `HTTP ${String(status ?? '?')}${requestId === undefined ? '' : `, request id ${requestId}`}`;
}

function placeOf(stack: string): string | undefined {
  const root = projectRoot();
  for (const line of stack.split('\n')) {
    const path = /((?:file:\/\/)?[^()\s]*):\d+:\d+\)?$/.exec(line.trim())?.[1];
    if (path === undefined || path.includes('node:')) continue;
    const at = line.trim().indexOf(root);
    if (at === -1) continue;
    const within = relative(root, line.trim().slice(at)).replace(/\)$/, '');
    if (!within.startsWith(`node_modules${sep}@`)) return within.split(sep).join('/');
  }
  return undefined;
}
