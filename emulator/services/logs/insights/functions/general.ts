import { asNumber, asText, fromJson, Instant } from '../value.ts';
import { between, fixed, flag, type QueryFunction } from './function.ts';

/** CloudWatch Logs User Guide: "General functions", "JSON functions", and the dates that need no span. */
export const generalFunctions: Readonly<Record<string, QueryFunction>> = {
  ispresent: fixed(1, ([input = null]) => flag(input !== null)),
  coalesce: between(1, Infinity, (inputs) => inputs.find((input) => input !== null) ?? null),
  jsonparse: fixed(1, ([input = null]) => {
    if (input === null) return null;
    try {
      return fromJson(JSON.parse(asText(input)));
    } catch {
      return null;
    }
  }),
  jsonstringify: fixed(1, ([input = null]) => {
    if (input === null) return null;
    return typeof input === 'object' && !(input instanceof Instant) ? JSON.stringify(input) : asText(input);
  }),
  frommillis: fixed(1, ([input = null]) => {
    const ms = asNumber(input);
    return ms === undefined ? null : new Instant(ms);
  }),
  tomillis: fixed(1, ([input = null]) => asNumber(input) ?? null),
};
