import type { Limit } from '../../service/service.ts';
import type { Dialect } from '../schema/dialects.ts';
import type { Member, StructureShape } from '../schema/shape.ts';
import type { Violation } from './violation.ts';
import type { Constraint } from './constraints.ts';
import { constraintsOf, inTellingOrder } from './constraints.ts';
import { refuse } from './refusal.ts';
import { spelled } from './wording.ts';

export type LimitsByPath = Readonly<Record<string, Limit>>;

/** A member with its rule; what lies below it is worked out when a value first has it, since shapes may recurse. */
interface Check {
  readonly member: Member;
  readonly constraints: readonly Constraint[];
  /** The same constraints in the order in which several violations of one value are told. */
  readonly told: readonly Constraint[];
  readonly sensitive: boolean;
  below(): readonly Check[];
}

const notNull = 'Member must not be null';

/**
 * Checks an operation's inputs against the model: required members from the SDK's schema, the rest from the limits.
 * @returns a function that throws the failure which AWS answers, with every violation in one message
 */
export function checkerOf(
  input: StructureShape,
  limits: LimitsByPath,
  dialect: Dialect,
): (input: Readonly<Record<string, unknown>>) => void {
  let checks: readonly Check[] | undefined;
  return (value) => {
    checks ??= input.members.map((member) => checkOf(member, member.name, limits, false));
    const violations: Violation[] = [];
    checkMembers(checks, value, '', undefined, violations);
    if (violations.length > 0)
      throw refuse(dialect.namesInput === true ? insideInput(violations, input) : violations, dialect);
  };
}

/**
 * Recorded of API Gateway: what is in the body is named inside the input, and told before what is in the path; and of
 * a list's items is told only what they break.
 */
function insideInput(violations: readonly Violation[], { name }: StructureShape): readonly Violation[] {
  const input = spelled(name.replace(/Request$/, 'Input'));
  const inBody = ({ top: { traits } }: Violation): boolean =>
    traits.httpLabel !== 1 && traits.httpQuery === undefined && traits.httpHeader === undefined;
  const isBroken = ({ value }: Violation, text: string): boolean =>
    text !== notNull || !Array.isArray(value) || value.includes(null);
  return [
    ...violations.filter(inBody).map((violation) => ({
      ...violation,
      at: `${input}.${violation.at}`,
      constraints: violation.constraints.filter((text) => isBroken(violation, text)),
    })),
    ...violations.filter((violation) => !inBody(violation)),
  ];
}

function checkOf(member: Member, path: string, limits: LimitsByPath, sensitive: boolean): Check {
  const hidden = sensitive || member.traits.sensitive === 1;
  const constraints = constraintsOf(limits[path] ?? {}, member.shape);
  let below: readonly Check[] | undefined;
  return {
    member,
    constraints,
    told: inTellingOrder(constraints),
    sensitive: hidden,
    below: () =>
      (below ??= membersBelow(member).map((inner) =>
        checkOf(inner, `${path}.${inner.name}`, limits, hidden),
      )),
  };
}

function membersBelow({ shape }: Member): readonly Member[] {
  if (shape.kind === 'structure') return shape.members;
  if (shape.kind === 'list') return [shape.member];
  return shape.kind === 'map' ? [shape.key, shape.value] : [];
}

function checkMembers(
  checks: readonly Check[],
  value: Readonly<Record<string, unknown>>,
  path: string,
  top: Member | undefined,
  violations: Violation[],
): void {
  for (const check of checks) {
    const { member } = check;
    const given = value[member.name];
    const at = path + spelled(member.name);
    if (given !== undefined && given !== null) checkValue(check, given, at, top ?? member, violations);
    else if (member.required) violations.push({ ...about(check, null, at, top), constraints: [notNull] });
  }
}

function checkValue(check: Check, value: unknown, at: string, top: Member, violations: Violation[]): void {
  const { member } = check;
  for (const constraint of check.told)
    if (constraint.brokenBy(value))
      violations.push({
        ...about(check, value, at, top),
        constraints: [constraint.text],
        ...(constraint.pattern !== undefined && { pattern: constraint.pattern }),
      });
  const { kind } = member.shape;
  if (kind === 'structure')
    checkMembers(check.below(), value as Record<string, unknown>, `${at}.`, top, violations);
  else if (kind === 'list') checkList(check, value as readonly unknown[], at, top, violations);
  else if (kind === 'map') checkMap(check, value as Record<string, unknown>, at, top, violations);
}

/** Items with members are named one by one; lists of plain values are named whole, as recorded answers do. */
function checkList(
  check: Check,
  list: readonly unknown[],
  at: string,
  top: Member,
  violations: Violation[],
): void {
  const [item] = check.below();
  if (item === undefined) return;
  if (isPlain(item)) {
    const broken = brokenBy(item, list);
    if (broken !== undefined)
      violations.push({ ...about(check, list, at, top), constraints: broken, each: 'Member' });
    return;
  }
  list.forEach((one, index) => {
    const path = `${at}.${index + 1}.member`;
    if (one === null) violations.push({ ...about(item, null, path, top), constraints: [notNull] });
    else checkValue(item, one, path, top, violations);
  });
}

function checkMap(
  check: Check,
  map: Readonly<Record<string, unknown>>,
  at: string,
  top: Member,
  violations: Violation[],
): void {
  const [key, value] = check.below();
  if (key === undefined || value === undefined) return;
  const keys = brokenBy(key, Object.keys(map));
  if (keys !== undefined)
    violations.push({ ...about(check, map, at, top), constraints: keys, each: 'Map keys' });
  if (isPlain(value)) {
    const values = brokenBy(value, Object.values(map));
    if (values !== undefined)
      violations.push({ ...about(check, map, at, top), constraints: values, each: 'Map value' });
    return;
  }
  for (const [name, one] of Object.entries(map)) {
    const path = `${at}.${name}.member`;
    if (one === null) violations.push({ ...about(value, null, path, top), constraints: [notNull] });
    else checkValue(value, one, path, top, violations);
  }
}

function isPlain({ member }: Check): boolean {
  return !['structure', 'list', 'map'].includes(member.shape.kind);
}

/** All constraints on the items of a collection where one of them is broken. */
function brokenBy(item: Check, values: readonly unknown[]): readonly string[] | undefined {
  const { constraints, member } = item;
  const missing = member.traits.sparse !== 1 && values.includes(null);
  const broken =
    missing ||
    values.some((value) => value !== null && constraints.some((constraint) => constraint.brokenBy(value)));
  if (!broken) return undefined;
  // Recorded: lengths or ranges before the pattern, and the one against null only beside an enum.
  const texts = constraints.map(({ text }) => text);
  const enumerated = constraints.some(({ kind }) => kind === 'enum');
  return missing || enumerated ? [...texts, notNull] : texts;
}

function about(
  { member, sensitive }: Check,
  value: unknown,
  at: string,
  top: Member | undefined,
): Omit<Violation, 'constraints'> {
  return { value, at, member, top: top ?? member, sensitive };
}
