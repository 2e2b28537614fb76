import type { Value } from '../value.ts';

/** A function of the query language: how many inputs it takes, and what it makes of them. */
export interface QueryFunction {
  readonly least: number;
  readonly most: number;
  readonly call: (inputs: readonly Value[]) => Value;
}

export const fixed = (count: number, call: QueryFunction['call']): QueryFunction => ({
  least: count,
  most: count,
  call,
});
export const between = (least: number, most: number, call: QueryFunction['call']): QueryFunction => ({
  least,
  most,
  call,
});
/** Conditions are numbers: 1 or 0. */
export const flag = (holds: boolean): Value => (holds ? 1 : 0);
