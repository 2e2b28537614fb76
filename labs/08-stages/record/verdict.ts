import { stageNames, type StageName } from '../names.ts';
import type { Entry } from './entries.ts';

/** What is true of the API now. */
export interface Truth {
  /** The deployment that each stage points at. */
  readonly now: Readonly<Record<StageName, string>>;
  /** When each deployment of the API was taken, in ms since 1970. */
  readonly taken: ReadonlyMap<string, number>;
}

/** What a changelog lacks, in the order in which it is told. */
export type Lack =
  | { readonly kind: 'empty' | 'canary' | 'promotion' | 'rollback' }
  | { readonly kind: 'other'; readonly tried: string; readonly promoted: string }
  | { readonly kind: 'stale'; readonly stage: StageName; readonly last: string | undefined };

const order: readonly Lack['kind'][] = ['empty', 'canary', 'promotion', 'other', 'rollback', 'stale'];

/**
 * Whether a changelog tells the way of `prod` and agrees with the stages as they are. The newest event may stand at its
 * end or at its beginning.
 * @returns undefined where nothing is lacking
 */
export function lackOf(entries: readonly Entry[], truth: Truth): Lack | undefined {
  const down = lackInOrder(entries, truth);
  const up = lackInOrder(entries.toReversed(), truth);
  if (down === undefined || up === undefined) return undefined;
  return order.indexOf(up.kind) > order.indexOf(down.kind) ? up : down;
}

/** @param entries the oldest first */
function lackInOrder(entries: readonly Entry[], { now, taken }: Truth): Lack | undefined {
  if (entries.length === 0) return { kind: 'empty' };
  const onProd = entries.filter(({ stage }) => stage === 'prod');
  const canaries = onProd.filter(({ action }) => action === 'canary');
  const tried = canaries.at(-1)?.deployments[0];
  if (tried === undefined) return { kind: 'canary' };
  const promotions = onProd.filter(({ action }) => action === 'promote');
  const promoted = promotions.at(-1)?.deployments[0];
  if (promoted === undefined) return { kind: 'promotion' };
  const isPromoted = promotions.some((promotion) =>
    canaries.some(
      (canary) =>
        onProd.indexOf(canary) < onProd.indexOf(promotion) &&
        canary.deployments.some((id) => promotion.deployments.includes(id)),
    ),
  );
  if (!isPromoted) return { kind: 'other', tried, promoted };
  const newest = Math.max(...onProd.flatMap(({ deployments }) => deployments.map(timeOf(taken))));
  const wentBack = onProd.some(
    ({ action, deployments }) =>
      action === 'rollback' && deployments.some((id) => timeOf(taken)(id) < newest),
  );
  if (!wentBack) return { kind: 'rollback' };
  for (const stage of stageNames) {
    const last = entries.findLast((entry) => entry.stage === stage);
    if (last?.deployments.includes(now[stage]) !== true)
      return { kind: 'stale', stage, last: last?.deployments[0] };
  }
  return undefined;
}

const timeOf =
  (taken: Truth['taken']) =>
  (id: string): number =>
    taken.get(id) ?? 0;
