import type { Scope } from '../../../../service/call.ts';
import { functionArn } from '../../names/name.ts';
import { descend } from '../../recursion/lineage.ts';

/** Of the trace headers of a batch, the one whose chain has come through the function most often: it decides when a loop ends. */
export function deepest(
  scope: Scope,
  functionName: string,
  headers: readonly (string | undefined)[],
): string | undefined {
  const arn = functionArn(scope, functionName);
  let best: { readonly header: string; readonly count: number } | undefined;
  for (const header of new Set(headers)) {
    if (header === undefined) continue;
    const { count } = descend(header, arn, 0);
    if (best === undefined || count > best.count) best = { header, count };
  }
  return best?.header;
}
