import { isMap, isNode, isScalar, parseDocument, type Document } from 'yaml';
import { treeOf, type Template, type Tree } from './template.ts';

/** A value that takes another's place in a template, or is put where there was none. */
export interface Edit {
  /** From the root: `['Resources', 'Hello', 'Properties', 'CodeUri']`. */
  readonly path: readonly string[];
  readonly value: unknown;
}

/**
 * A template's text with some values replaced, and every other character as the student wrote it: what
 * `GetTemplate` shows later is their own template, comments and all.
 */
export function edited({ source, tree }: Pick<Template, 'source' | 'tree'>, edits: readonly Edit[]): string {
  const document = parseDocument(source, { logLevel: 'silent', version: '1.1', uniqueKeys: false });
  const changes: Change[] = [];
  for (const edit of edits) {
    const change = changeOf(source, document, edit);
    // Anchors and merged maps have one text for several places: there the whole is written anew, in long forms.
    if (change === undefined) return JSON.stringify(edits.reduce(withValue, tree), null, 2);
    changes.push(change);
  }
  return changes
    .sort((a, b) => b.from - a.from)
    .reduce((text, { from, to, by }) => text.slice(0, from) + by + text.slice(to), source);
}

interface Change {
  readonly from: number;
  readonly to: number;
  readonly by: string;
}

/** JSON is YAML in flow style, so a value of either can stand in both. */
function changeOf(source: string, document: Document, { path, value }: Edit): Change | undefined {
  const written = JSON.stringify(value);
  const there = nodeAt(document, path);
  if (there !== undefined) {
    if (!isScalar(there) || there.range == null || there.tag?.startsWith('!') === true) return undefined;
    const [from, to] = there.range;
    return from === to ? undefined : { from, to, by: written };
  }
  const parent = nodeAt(document, path.slice(0, -1));
  const key = isMap(parent) ? parent.items[0]?.key : undefined;
  if (!isMap(parent) || !isNode(key) || key.range == null) return undefined;
  const [from] = key.range;
  const member = `${JSON.stringify(path.at(-1))}: ${written}`;
  if (parent.flow === true) return { from, to: from, by: `${member}, ` };
  const indentation = ' '.repeat(from - (source.lastIndexOf('\n', from - 1) + 1));
  return { from, to: from, by: `${member}\n${indentation}` };
}

/** A node that is reached by keys alone, not by way of an alias. */
function nodeAt(document: Document, path: readonly string[]): unknown {
  let node: unknown = document.contents;
  for (const key of path) {
    if (!isMap(node)) return undefined;
    node = node.items.find((pair) => isScalar(pair.key) && pair.key.value === key)?.value;
  }
  return node ?? undefined;
}

function withValue(tree: Tree, { path, value }: Edit): Tree {
  const [key, ...rest] = path;
  if (key === undefined) return tree;
  return { ...tree, [key]: rest.length === 0 ? value : withValue(treeOf(tree[key]), { path: rest, value }) };
}
