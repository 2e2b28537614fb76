import { nestsDeeper } from '../../../gateway/openapi/json-nesting.ts';
import { invalid } from '../failures.ts';

/** What an update does to a resource. */
export type UpdateAction = 'Update:Modify' | 'Update:Replace' | 'Update:Delete';

interface Statement {
  readonly allows: boolean;
  readonly actions: readonly string[];
  readonly notActions: readonly string[] | undefined;
  readonly resources: readonly string[];
  readonly notResources: readonly string[] | undefined;
  /** Types that a condition names, with `*` and `?`; undefined: any. */
  readonly types: readonly string[] | undefined;
}

/** Levels of nesting after which no policy makes sense. */
const DEEPEST = 20;

/** @throws ValidationError where the text is no stack policy */
export function checkPolicy(text: string): void {
  statementsOf(text);
}

/**
 * Why a policy keeps an update from doing something to a resource, as CloudFormation words it; undefined: it may.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/protect-stack-resources.html
 */
export function whyDenied(
  text: string,
  action: UpdateAction,
  resource: { readonly logicalId: string; readonly type: string },
): string | undefined {
  const name = `LogicalResourceId/${resource.logicalId}`;
  const statements = statementsOf(text);
  const about = (statement: Statement): boolean =>
    matchesBut(statement.actions, statement.notActions, action) &&
    matchesBut(statement.resources, statement.notResources, name) &&
    (statement.types?.some((form) => matches(form, resource.type)) ?? true);
  const denying = statements.findIndex((statement) => !statement.allows && about(statement));
  if (denying >= 0)
    return `Action denied by stack policy: Statement [#${String(denying + 1)}] does not allow [Update:*] for resource [${name}];`;
  if (statements.some((statement) => statement.allows && about(statement))) return undefined;
  return `Action not allowed by stack policy: no statement allows [${action}] for resource [${name}];`;
}

function statementsOf(text: string): Statement[] {
  if (nestsDeeper(text, DEEPEST)) throw invalid('Error validating stack policy: Invalid stack policy');
  let tree: unknown;
  try {
    tree = JSON.parse(text);
  } catch {
    throw invalid('Error validating stack policy: Invalid stack policy');
  }
  const statement = isMap(tree) ? tree['Statement'] : undefined;
  if (statement === undefined) throw invalid('Error validating stack policy: Invalid stack policy');
  return listOf(statement).map((one) => {
    if (!isMap(one)) throw invalid('Error validating stack policy: Invalid stack policy');
    return readStatement(one);
  });
}

function readStatement(one: Readonly<Record<string, unknown>>): Statement {
  const texts = (name: string): string[] | undefined =>
    one[name] === undefined ? undefined : listOf(one[name]).map(String);
  const { Effect: effect } = one;
  if (effect !== 'Allow' && effect !== 'Deny')
    throw invalid(`Error validating stack policy: Invalid effect ${String(effect)}`);
  const actions = texts('Action');
  const notActions = texts('NotAction');
  const unknown = [...(actions ?? []), ...(notActions ?? [])].find(
    (action) => !/^Update:(Modify|Replace|Delete|\*)$/.test(action),
  );
  if (unknown !== undefined || (actions === undefined) === (notActions === undefined))
    throw invalid(`Error validating stack policy: Unknown update action ${unknown ?? ''}`.trim());
  if (one['Principal'] !== '*' && one['NotPrincipal'] === undefined)
    throw invalid('Error validating stack policy: Principal must be *');
  return {
    allows: effect === 'Allow',
    actions: actions ?? [],
    notActions,
    resources: texts('Resource') ?? [],
    notResources: texts('NotResource'),
    types: typesOf(one['Condition']),
  };
}

function typesOf(condition: unknown): string[] | undefined {
  if (!isMap(condition)) return undefined;
  const { StringEquals, StringLike } = condition;
  const named = [StringEquals, StringLike].flatMap((one) =>
    isMap(one) && one['ResourceType'] !== undefined ? listOf(one['ResourceType']).map(String) : [],
  );
  return named.length === 0 ? undefined : named;
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : [value]);

function matchesBut(forms: readonly string[], but: readonly string[] | undefined, text: string): boolean {
  return but === undefined
    ? forms.some((form) => matches(form, text))
    : !but.some((form) => matches(form, text));
}

/* `*` is any letters, `?` any one. */
function matches(form: string, text: string): boolean {
  const [first = '', ...rest] = form.split('*');
  const same = (piece: string, at: number): boolean =>
    at >= 0 &&
    at + piece.length <= text.length &&
    piece.split('').every((letter, i) => letter === '?' || letter === text[at + i]);
  if (rest.length === 0) return text.length === form.length && same(form, 0);
  if (!same(first, 0)) return false;
  let at = first.length;
  const last = rest.pop() ?? '';
  for (const piece of rest) {
    while (at <= text.length && !same(piece, at)) at += 1;
    if (at > text.length) return false;
    at += piece.length;
  }
  return text.length - last.length >= at && same(last, text.length - last.length);
}
