import { asNumber, type Value } from '../value.ts';
import { between, fixed, type QueryFunction } from './function.ts';

const ofNumber = (change: (value: number) => number): QueryFunction =>
  fixed(1, ([input = null]) => {
    const number = asNumber(input);
    return number === undefined ? null : finite(change(number));
  });

const chosen = (pick: (...values: number[]) => number): QueryFunction =>
  between(1, Infinity, (inputs) => {
    const numbers = inputs.map(asNumber).filter((value) => value !== undefined);
    return numbers.length === 0 ? null : pick(...numbers);
  });

const finite = (value: number): Value => (Number.isFinite(value) ? value : null);

/** CloudWatch Logs User Guide, "Numeric operations". */
export const numberFunctions: Readonly<Record<string, QueryFunction>> = {
  abs: ofNumber(Math.abs),
  ceil: ofNumber(Math.ceil),
  floor: ofNumber(Math.floor),
  log: ofNumber(Math.log),
  sqrt: ofNumber(Math.sqrt),
  greatest: chosen(Math.max),
  least: chosen(Math.min),
};
