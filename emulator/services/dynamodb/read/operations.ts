import type { QueryCommandOutput, ScanCommandInput } from '@aws-sdk/client-dynamodb';
import type { DynamodbOperations } from '../client.ts';
import { readCondition } from '../expression/condition.ts';
import { holds } from '../expression/evaluate.ts';
import { placesOf, type PlaceRange } from '../expression/key-condition.ts';
import { Names, type Substitutes } from '../expression/names.ts';
import { readProjection } from '../expression/projection.ts';
import { reading } from '../expression/reader.ts';
import { conditionPaths, type Condition, type Path } from '../expression/tree.ts';
import { invalid } from '../failures.ts';
import { consumed, readUnits, type Units } from '../item/capacity.ts';
import { refuseLegacy } from '../item/legacy.ts';
import { keyNames } from '../store/keys.ts';
import type { Store } from '../store/store.ts';
import { segmentStart } from '../value/order.ts';
import { readItem, wireItem } from '../value/wire.ts';
import { pageOf } from './page.ts';
import { pageKey, placeOfPageKey, targetOf, viewOf, type Target } from './target.ts';

/** Query and Scan. */
export function readOperations(store: Store): DynamodbOperations {
  return {
    Query(input, call) {
      refuseLegacy(input);
      const { KeyConditionExpression: expression } = input;
      if (expression === undefined)
        throw invalid(
          'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
        );
      const read = readExpressions(input, expression);
      const target = targetOf(store, call, input);
      if (read.key === undefined) throw new Error('A query without its condition.');
      const range = placesOf(read.key, target.keys);
      checkFilter(read.filter, target);
      return answer(target, input, read, range, input.ScanIndexForward === false);
    },

    Scan(input, call) {
      refuseLegacy(input);
      const read = readExpressions(input, undefined);
      checkSegments(input);
      const target = targetOf(store, call, input);
      const { Segment: segment = 0, TotalSegments: total = 1 } = input;
      const range = { from: segmentStart(segment, total), below: segmentStart(segment + 1, total) };
      return answer(target, input, read, range, false);
    },
  };
}

interface Expressions {
  readonly key: Condition | undefined;
  readonly filter: Condition | undefined;
  readonly paths: readonly Path[] | undefined;
}
type ReadInput = Substitutes & Omit<ScanCommandInput, 'Segment' | 'TotalSegments'>;

function readExpressions(input: ReadInput, key: string | undefined): Expressions {
  const { FilterExpression: filter, ProjectionExpression: projection } = input;
  const all = {
    KeyConditionExpression: key,
    FilterExpression: filter,
    ProjectionExpression: projection,
  };
  const names = new Names(
    input,
    all,
    key === undefined ? ['FilterExpression'] : ['FilterExpression', 'KeyConditionExpression'],
  );
  const condition = (member: string, text: string | undefined): Condition | undefined =>
    text === undefined ? undefined : reading(member, () => readCondition(text, names));
  const read = {
    key: condition('KeyConditionExpression', key),
    filter: condition('FilterExpression', filter),
    paths:
      projection === undefined
        ? undefined
        : reading('ProjectionExpression', () => readProjection(projection, names)),
  };
  names.checkAllUsed();
  return read;
}

/** What the key condition already says cannot be filtered. */
function checkFilter(filter: Condition | undefined, { keys }: Target): void {
  if (filter === undefined) return;
  const names = keyNames(keys);
  const key = conditionPaths(filter).find(([name]) => names.includes(name))?.[0];
  if (key !== undefined)
    throw invalid(
      `Filter Expression can only contain non-primary key attributes: Primary key attribute: ${key}`,
    );
}

function checkSegments({
  Segment: segment,
  TotalSegments: total,
}: Pick<ScanCommandInput, 'Segment' | 'TotalSegments'>): void {
  if (segment === undefined && total === undefined) return;
  if (segment === undefined)
    throw invalid(
      'The Segment parameter is required but was not present in the request when parameter TotalSegments is present',
    );
  if (total === undefined)
    throw invalid(
      'The TotalSegments parameter is required but was not present in the request when Segment parameter is present',
    );
  if (segment >= total)
    throw invalid(
      `The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: ${segment} is not less than TotalSegments: ${total}`,
    );
}

function answer(
  target: Target,
  input: ReadInput,
  { filter, paths }: Expressions,
  range: PlaceRange,
  backward: boolean,
): Omit<QueryCommandOutput, '$metadata'> {
  const view = viewOf(target, input.Select, paths);
  const { from, below } = behindStart(target, input, range, backward);
  const entries = backward ? target.places.backward(from, below) : target.places.forward(from, below);
  const page = pageOf(entries, input.Limit, view.seen, (item) => filter === undefined || holds(filter, item));
  const units = readUnits(page.bytes, input.ConsistentRead ?? false);
  const { index, table } = target;
  const used: Units =
    index === undefined
      ? { table: units, indexes: new Map() }
      : { table: 0, indexes: new Map([[index.name, units]]) };
  return {
    Items: view.countOnly ? undefined : page.items.map((item) => wireItem(view.shown(item))),
    Count: page.count,
    ScannedCount: page.scanned,
    LastEvaluatedKey: page.last && wireItem(pageKey(target, page.last)),
    ConsumedCapacity: consumed(table.row, used, input.ReturnConsumedCapacity),
  };
}

/** The part of a range that lies behind the key which an earlier page ended with. */
function behindStart(
  target: Target,
  { ExclusiveStartKey: key }: ReadInput,
  { from, below }: PlaceRange,
  backward: boolean,
): PlaceRange {
  if (key === undefined) return { from, below };
  const place = placeOfPageKey(target, readItem(key));
  if (place < from || place >= below)
    throw invalid('The provided starting key is outside query boundaries based on provided conditions');
  // The next place after a text is the text with the lowest code unit behind it.
  return backward ? { from, below: place } : { from: `${place}\0`, below };
}
