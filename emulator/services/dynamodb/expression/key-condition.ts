import { invalid, invalidValues } from '../failures.ts';
import { partitionOrder, sortEnd, sortOrder } from '../value/order.ts';
import { typeOf, type KeyType, type Value } from '../value/value.ts';
import type { Condition, Operand } from './tree.ts';

/** The keys of what is queried: a table or one of its indexes. */
export interface QueriedKeys {
  readonly hash: string;
  readonly range?: string | undefined;
  readonly types: Readonly<Record<string, KeyType>>;
}

/** A run of places: from `from` on, and as long as `below` is not reached. */
export interface PlaceRange {
  readonly from: string;
  readonly below: string;
}

type SortBy = '=' | '<' | '<=' | '>' | '>=' | 'between' | 'begins_with';
interface KeyCheck {
  readonly by: SortBy;
  readonly values: readonly Value[];
}

/**
 * The places that a key condition names.
 * @throws ServiceFailure for conditions that no key can be found by
 */
export function placesOf(condition: Condition, { hash, range, types }: QueriedKeys): PlaceRange {
  const checks = new Map<string, KeyCheck>();
  gather(condition, checks);
  const onHash = checks.get(hash);
  if (onHash === undefined) throw invalid(`Query condition missed key schema element: ${hash}`);
  const [value] = onHash.values;
  if (onHash.by !== '=' || value === undefined) throw invalid('Query key condition not supported');
  for (const [name, { values }] of checks) {
    if (name !== hash && name !== range)
      throw range === undefined || checks.has(range)
        ? invalid('Query key condition not supported')
        : invalid(`Query condition missed key schema element: ${range}`);
    for (const one of values) checkKeyValue(name, one, types[name]);
  }
  const partition = partitionOrder(value);
  const onRange = range === undefined ? undefined : checks.get(range);
  return onRange === undefined
    ? { from: partition, below: after(partition) }
    : sortPlaces(partition, onRange);
}

function checkKeyValue(name: string, value: Value, type: KeyType | undefined): void {
  if (typeOf(value) !== type) throw invalidValues('Condition parameter type does not match schema type');
  if (('S' in value && value.S === '') || ('B' in value && value.B === ''))
    throw invalid(
      `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${'S' in value ? 'string' : 'binary'} value. Key: ${name}`,
    );
}

function sortPlaces(partition: string, { by, values }: KeyCheck): PlaceRange {
  const [low, high = low] = values;
  if (low === undefined || high === undefined) throw new Error('A key condition without a value.');
  const from = partition + sortOrder(low);
  // What lies at a sort key and, in an index, all items that share it.
  const [at, behind] = [from + sortEnd, after(from + sortEnd)];
  const end = after(partition);
  switch (by) {
    case '=':
      return { from: at, below: behind };
    case '<':
      return { from: partition, below: at };
    case '<=':
      return { from: partition, below: behind };
    case '>':
      return { from: behind, below: end };
    case '>=':
      return { from: at, below: end };
    case 'between':
      return { from: at, below: after(partition + sortOrder(high) + sortEnd) };
    case 'begins_with':
      return { from, below: after(from) };
  }
}

/** Above every text that begins so: no text of a place has a code unit above 255. */
function after(start: string): string {
  return `${start}\uffff`;
}

function gather(condition: Condition, checks: Map<string, KeyCheck>): void {
  switch (condition.kind) {
    case 'and':
      gather(condition.left, checks);
      gather(condition.right, checks);
      return;
    case 'compare': {
      if (condition.by === '<>') throw wrongOperator('<>');
      const turned = condition.left.kind !== 'path' && condition.right.kind === 'path';
      const by = turned ? mirrored[condition.by] : condition.by;
      const operands = [condition.left, condition.right];
      put(checks, turned ? operands.reverse() : operands, by, condition.by);
      return;
    }
    case 'between':
      put(checks, [condition.operand, condition.low, condition.high], 'between', 'BETWEEN');
      return;
    case 'begins_with':
      put(checks, [condition.left, condition.right], 'begins_with', 'begins_with');
      return;
    case 'or':
    case 'not':
    case 'in':
      throw wrongOperator(condition.kind.toUpperCase());
    case 'exists':
      throw wrongOperator(condition.wanted ? 'attribute_exists' : 'attribute_not_exists');
    case 'type':
      throw wrongOperator('attribute_type');
    case 'contains':
      throw wrongOperator('contains');
  }
}

const mirrored = { '=': '=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;

function put(checks: Map<string, KeyCheck>, operands: readonly Operand[], by: SortBy, shown: string): void {
  if (operands.some(({ kind }) => kind === 'size'))
    throw invalid('KeyConditionExpressions cannot contain nested operations');
  const paths = operands.flatMap((operand) => (operand.kind === 'path' ? [operand.path] : []));
  const values = operands.flatMap((operand) => (operand.kind === 'value' ? [operand.value] : []));
  const [path] = paths;
  if (path === undefined)
    throw invalid('Invalid condition in KeyConditionExpression: No key attribute specified');
  if (paths.length > 1)
    throw invalid(
      'Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition',
    );
  if (operands[0]?.kind !== 'path')
    throw invalid(
      `Invalid condition in KeyConditionExpression: ${shown} operator must have the key attribute as its first operand`,
    );
  if (path.length > 1) throw invalid('KeyConditionExpressions cannot have conditions on nested attributes');
  if (checks.has(path[0])) throw invalid('KeyConditionExpressions must only contain one condition per key');
  checks.set(path[0], { by, values });
}

function wrongOperator(operator: string): ReturnType<typeof invalid> {
  return invalid(`Invalid operator used in KeyConditionExpression: ${operator}`);
}
