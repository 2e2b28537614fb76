import type { PatchOperation } from '@aws-sdk/client-api-gateway';
import type { Json } from '../../../../state/state.ts';
import { escaped } from '../../../apigateway/patch/pointer.ts';
import { isObject, itemsOf, membersIn } from '../gateway/narrowed.ts';
import { isSame, isSameDocument } from '../gateway/same.ts';
import type { Properties } from '../resource-type.ts';
import { documentText } from '../translate/shaped.ts';

/** What must be patched so that a property that is one thing becomes another. */
export type Difference = (now: Json | undefined, wanted: Json | undefined) => PatchOperation[];

/** By the names of properties. A property without a difference is not patched. */
export type Differences = Readonly<Record<string, Difference>>;

/**
 * All that must be patched so that something becomes what is wanted.
 * https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html
 */
export const patchesOf = (differences: Differences, now: Properties, wanted: Properties): PatchOperation[] =>
  Object.entries(differences).flatMap(([name, difference]) => difference(now[name], wanted[name]));

/** Patches what differs, where anything does. */
export async function patchWhatDiffers(
  differences: Differences,
  now: Properties,
  wanted: Properties,
  send: (patchOperations: PatchOperation[]) => Promise<unknown>,
): Promise<void> {
  const operations = patchesOf(differences, now, wanted);
  if (operations.length > 0) await send(operations);
}

/** What becomes of a value that the template speaks of no more: it goes, it stays as it is, or it becomes this text. */
type Unsaid = 'removed' | 'stays' | { readonly becomes: string };

/** A property that is one value. */
export const value =
  (path: string, unsaid: Unsaid = 'removed'): Difference =>
  (now, wanted) =>
    isSame(now, wanted) ? [] : said(path, wanted, unsaid);

/** A property that is a JSON document, given as JSON or as text. */
export const document =
  (path: string, unsaid: Unsaid = 'removed'): Difference =>
  (now, wanted) =>
    isSameDocument(now, wanted) ? [] : said(path, wanted, unsaid);

function said(path: string, wanted: Json | undefined, unsaid: Unsaid): PatchOperation[] {
  if (wanted !== undefined) return [{ op: 'replace', path, value: written(wanted) }];
  if (unsaid === 'stays') return [];
  return unsaid === 'removed' ? [{ op: 'remove', path }] : [{ op: 'replace', path, value: unsaid.becomes }];
}

/** A property that is a map whose entries are patched one by one. */
export const entries =
  (path: string): Difference =>
  (now, wanted) => {
    const before = new Map(membersIn(now));
    const after = new Map(membersIn(wanted));
    const at = (key: string): string => `${path}/${escaped(key)}`;
    return [
      ...[...before.keys()]
        .filter((key) => !after.has(key))
        .map((key): PatchOperation => ({ op: 'remove', path: at(key) })),
      ...[...after]
        .filter(([key, one]) => !isSame(before.get(key), one))
        .map(([key, one]): PatchOperation => ({
          op: before.has(key) ? 'replace' : 'add',
          path: at(key),
          value: written(one),
        })),
    ];
  };

/** A property that is a list of texts, each of which is added and removed by a path that names it. */
export const members = (path: string): Difference =>
  each((member, op) => ({ op, path: `${path}/${escaped(member)}` }));

/** A property that is a list of texts, each of which is added and removed as a patch's value. */
export const values = (path: string): Difference => each((member, op) => ({ op, path, value: member }));

/** A property that is a list, in which order means nothing. @param patch what adds or removes an item */
export const each =
  (
    patch: (member: string, op: 'add' | 'remove') => PatchOperation,
    textOf: (item: Json) => string = written,
  ): Difference =>
  (now, wanted) => {
    const before = new Set(itemsOf(now).map(textOf));
    const after = new Set(itemsOf(wanted).map(textOf));
    return [
      ...[...before].filter((one) => !after.has(one)).map((one) => patch(one, 'remove')),
      ...[...after].filter((one) => !before.has(one)).map((one) => patch(one, 'add')),
    ];
  };

/** A property with properties of its own. @param whole what takes all of it away, where a path does */
export const inside =
  (differences: Differences, whole?: string): Difference =>
  (now, wanted) => {
    if (wanted === undefined && whole !== undefined)
      return now === undefined ? [] : [{ op: 'remove', path: whole }];
    return patchesOf(differences, asProperties(now), asProperties(wanted));
  };

const asProperties = (part: Json | undefined): Properties =>
  isObject(part) ? Object.fromEntries(membersIn(part)) : {};

/** Texts stay as they are; all else as JSON: `5`, `true`, a document. */
const written = documentText;
