import { relative } from 'node:path';

/** A path as a person would write it from where the command was run; absolute where that is shorter to read. */
export function relativeToHere(path: string): string {
  const here = relative(process.env.INIT_CWD ?? process.cwd(), path);
  return here === '' ? '.' : here.startsWith('..') ? path : here;
}
