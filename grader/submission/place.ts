import { isAbsolute, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** `src/greet.ts:12:5`, as editors and terminals open it. */
export type Place = string;

/** The first place in a stack that lies in the submission; undefined where the error comes from elsewhere. */
export function placeIn(stack: string, submission: string): Place | undefined {
  for (const line of stack.split('\n')) {
    const found = /(?:\(|at (?:async )?)((?:file:\/\/)?[^()]+?):(\d+):(\d+)\)?$/.exec(line.trim());
    const path = found?.[1] && localPath(found[1]);
    if (path === undefined || path === '') continue;
    const within = relative(submission, path);
    if (within.startsWith('..') || isAbsolute(within) || within.split(sep).includes('node_modules')) continue;
    return `${within.split(sep).join('/')}:${found?.[2] ?? ''}:${found?.[3] ?? ''}`;
  }
  return undefined;
}

function localPath(address: string): string | undefined {
  if (!address.startsWith('file://')) return isAbsolute(address) ? address : undefined;
  try {
    return fileURLToPath(address);
  } catch {
    return undefined;
  }
}
