import { parseDocument, type CollectionTag, type ScalarTag, isMap, isPair, isScalar, isSeq } from 'yaml';
import { nestsDeeper } from '../../../gateway/openapi/json-nesting.ts';
import { mayNestDeeply } from '../../../gateway/openapi/yaml-nesting.ts';

/** Levels of nesting after which no template makes sense. */
const MAX_DEPTH = 200;

/** The functions that have a short form, by tag; all but these two are written `Fn::` in the long form. */
const FUNCTIONS = [
  'And',
  'Base64',
  'Cidr',
  'Equals',
  'FindInMap',
  'ForEach',
  'GetAtt',
  'GetAZs',
  'If',
  'ImportValue',
  'Join',
  'Length',
  'Not',
  'Or',
  'Select',
  'Split',
  'Sub',
  'ToJsonString',
  'Transform',
];
const longForm = (tag: string): string => (tag === 'Ref' || tag === 'Condition' ? tag : `Fn::${tag}`);

const scalars: ScalarTag[] = ['Ref', 'Condition', ...FUNCTIONS].map((tag) => ({
  tag: `!${tag}`,
  resolve: (text: string) => ({
    [longForm(tag)]: tag === 'GetAtt' ? splitOnce(text) : text,
  }),
}));

/** `A.B.C` is the attribute `B.C` of `A`. */
function splitOnce(text: string): string[] {
  const at = text.indexOf('.');
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

const collections: CollectionTag[] = FUNCTIONS.flatMap((tag) =>
  (['seq', 'map'] as const).map((collection) => ({ tag: `!${tag}`, collection })),
);

/** A template that cannot be read, as CloudFormation words it. */
export class UnreadableTemplate extends Error {
  override readonly name = 'UnreadableTemplate';
}

/**
 * Reads a CloudFormation template, JSON or YAML, short forms of functions made long.
 * @throws UnreadableTemplate where it is neither, or nests beyond all sense
 */
export function readTemplate(source: string): unknown {
  const json = source.trimStart().startsWith('{');
  if (json ? nestsDeeper(source, MAX_DEPTH) : mayNestDeeply(source))
    throw new UnreadableTemplate('Template format error: nested too deeply.');
  const tree = json ? (parsedJson(source) ?? parsedYaml(source)) : parsedYaml(source);
  if (nestsDeeper(JSON.stringify({ tree }), MAX_DEPTH + 1))
    throw new UnreadableTemplate('Template format error: nested too deeply.');
  return tree;
}

function parsedJson(source: string): unknown {
  try {
    return JSON.parse(source) as unknown;
  } catch {
    return undefined; // YAML in flow style begins with a brace too
  }
}

function parsedYaml(source: string): unknown {
  const document = parseDocument(source, {
    logLevel: 'silent',
    version: '1.1',
    merge: true,
    uniqueKeys: true,
    customTags: (tags) => [
      // 2012-10-17 is a version of the policy language, not a day
      ...tags
        .filter((tag) => typeof tag === 'string' || !tag.tag.endsWith(':timestamp'))
        .map((tag) => (typeof tag !== 'string' && tag.tag.endsWith(':bool') ? wordsOnly(tag) : tag))
        .map((tag) => (typeof tag !== 'string' && tag.tag.endsWith(':float') ? digitsOnly(tag) : tag)),
      ...scalars,
      ...collections,
    ],
  });
  const error = document.errors[0];
  if (error) throw new UnreadableTemplate(`Template format error: YAML not well-formed. ${error.message}`);
  try {
    return plain(document.contents, document);
  } catch (failure) {
    if (failure instanceof UnreadableTemplate) throw failure;
    throw new UnreadableTemplate('Template format error: YAML not well-formed.');
  }
}

/** `N` and `y` are letters, as in `AttributeType: N`; AWS's reader takes whole words alone for true and false. */
function wordsOnly<Tag extends object>(tag: Tag): Tag {
  const yes = 'test' in tag && tag.test instanceof RegExp && tag.test.test('true');
  return {
    ...tag,
    test: yes ? /^(?:[Yy]es|YES|[Tt]rue|TRUE|[Oo]n|ON)$/ : /^(?:[Nn]o|NO|[Ff]alse|FALSE|[Oo]ff|OFF)$/,
  };
}

/** `.` is a folder, as in `CodeUri: .`; AWS's reader takes no number without a digit. */
function digitsOnly<Tag extends object>(tag: Tag): Tag {
  if (!('test' in tag && tag.test instanceof RegExp && tag.test.test('.'))) return tag;
  return { ...tag, test: new RegExp(`(?=.*[0-9])(?:${tag.test.source})`) };
}

/** The value of a node; a tag on a collection becomes the long form around it. */
function plain(node: unknown, document: ReturnType<typeof parseDocument>): unknown {
  const values = document.toJS({ maxAliasCount: 100 }) as unknown;
  return wrapped(node, values);
}

function wrapped(node: unknown, value: unknown): unknown {
  if (isSeq(node) && Array.isArray(value)) {
    const list = node.items.map((item, at) => wrapped(item, value[at]));
    return underTag(node.tag, list);
  }
  if (isMap(node) && typeof value === 'object' && value !== null) {
    const copy: Record<string, unknown> = { ...(value as Record<string, unknown>) };
    for (const pair of node.items) {
      if (!isPair(pair) || !isScalar(pair.key)) continue;
      const key = String(pair.key.value);
      if (Object.hasOwn(copy, key)) copy[key] = wrapped(pair.value, copy[key]);
    }
    return underTag(node.tag, copy);
  }
  return value;
}

function underTag(tag: string | undefined, value: unknown): unknown {
  const name = tag?.startsWith('!') && !tag.startsWith('!!') ? tag.slice(1) : undefined;
  return name !== undefined && FUNCTIONS.includes(name) ? { [longForm(name)]: value } : value;
}
