import { isDeepStrictEqual } from 'node:util';
import type { PropertyDifference } from '@aws-sdk/client-cloudformation';
import type { Properties } from '../resources/resource-type.ts';
import { coerced } from '../resources/schema/coerced.ts';
import { schemaOf } from '../resources/schema/schema.ts';
import type { Json } from '../../../state/state.ts';

/**
 * How a resource's properties differ from those that its template gave. What the template does not say may be
 * anything, and what no service tells is not compared.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-drift.html
 */
export function differences(type: string, expected: Properties, actual: Properties): PropertyDifference[] {
  const unseen = new Set((schemaOf(type)?.writeOnly ?? []).map((path) => path.split('.')[0]));
  const now = coerced(type, actual);
  return Object.entries(expected).flatMap(([name, value]) =>
    unseen.has(name) ? [] : differ(`/${name}`, value, now[name]),
  );
}

function differ(path: string, expected: Json, actual: Json | undefined): PropertyDifference[] {
  if (isDeepStrictEqual(expected, actual)) return [];
  if (actual === undefined) return [said(path, expected, undefined, 'REMOVE')];
  if (isMap(expected) && isMap(actual)) {
    const names = new Set([...Object.keys(expected), ...Object.keys(actual)]);
    return [...names].flatMap((name) => {
      const [before, now] = [expected[name], actual[name]];
      // A service adds what a template leaves to it.
      return before === undefined ? [] : differ(`${path}/${name}`, before, now);
    });
  }
  if (Array.isArray(expected) && Array.isArray(actual))
    return items(path, expected as Json[], actual as Json[]);
  return [said(path, expected, actual, 'NOT_EQUAL')];
}

/* The order of a list does not count: services give it as they like. */
function items(path: string, expected: readonly Json[], actual: readonly Json[]): PropertyDifference[] {
  const left = [...actual];
  const missing: [number, Json][] = [];
  for (const [at, item] of expected.entries()) {
    const found = left.findIndex((one) => differ('', item, one).length === 0);
    if (found < 0) missing.push([at, item]);
    else left.splice(found, 1);
  }
  return [
    ...missing.map(([at, item]) => said(`${path}/${String(at)}`, item, undefined, 'REMOVE')),
    ...left.map((item, at) => said(`${path}/${String(expected.length + at)}`, undefined, item, 'ADD')),
  ];
}

const isMap = (value: Json): value is Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = (value: Json | undefined): string =>
  value === undefined ? 'null' : typeof value === 'string' ? value : JSON.stringify(value);

function said(
  PropertyPath: string,
  expected: Json | undefined,
  actual: Json | undefined,
  DifferenceType: 'ADD' | 'REMOVE' | 'NOT_EQUAL',
): PropertyDifference {
  return { PropertyPath, ExpectedValue: textOf(expected), ActualValue: textOf(actual), DifferenceType };
}
