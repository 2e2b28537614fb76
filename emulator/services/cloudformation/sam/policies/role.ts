import { invalidResource } from '../failures.ts';
import {
  type Obj,
  copy,
  isIntrinsic,
  isList,
  isNoValue,
  isNothing,
  isObj,
  isText,
  obj,
  ref,
} from '../json.ts';
import { type Made, type Source, made } from '../made.ts';
import { type Work, known } from '../work.ts';
import { filled, templateName } from './templates.ts';

/** Whom a role is for, and what it may do. */
export interface RoleWish {
  readonly id: string;
  readonly service: string;
  readonly managed: readonly string[];
  readonly documents: readonly Obj[];
  readonly tags: readonly Obj[] | undefined;
  /** Whether parameters in `Policies` are replaced before they are read. */
}

export const managedArn = (work: Work, path: string): string =>
  `arn:${work.given.partition}:iam::aws:policy/${path}`;

export const trusting = (service: string): Obj => ({
  Version: '2012-10-17',
  Statement: [{ Action: ['sts:AssumeRole'], Effect: 'Allow', Principal: { Service: [service] } }],
});

/** The role of a function or a state machine, from its `Policies`, `RolePath`, `PermissionsBoundary`. */
export function roleFor(work: Work, source: Source, wish: RoleWish): Made {
  const managed: unknown[] = [...wish.managed];
  const documents: Obj[] = [];
  for (const [index, entry] of policies(work, source).entries()) {
    const name = `${wish.id}Policy${String(index)}`;
    const kind = kindOf(entry);
    if (kind === 'statement')
      documents.push(isObj(entry) && 'Fn::If' in entry ? conditional(entry, name) : named(name, entry));
    else if (kind === 'managed') {
      const arn = isText(entry) ? managedByName(work, entry) : entry;
      if (!managed.some((one) => JSON.stringify(one) === JSON.stringify(arn))) managed.push(arn);
    } else
      throw invalidResource(
        source.id,
        `Policy at index ${String(index)} in the 'Policies' property is not valid`,
      );
  }
  documents.push(...wish.documents);
  return made(
    wish.id,
    'AWS::IAM::Role',
    {
      AssumeRolePolicyDocument: source.properties['AssumeRolePolicyDocument'] ?? trusting(wish.service),
      ManagedPolicyArns: managed.length > 0 ? managed : undefined,
      Policies: documents.length > 0 ? documents : undefined,
      Path: source.properties['RolePath'],
      PermissionsBoundary: source.properties['PermissionsBoundary'],
      Tags: wish.tags,
    },
    source.passed,
  );
}

const named = (name: string, document: unknown): Obj => ({ PolicyName: name, PolicyDocument: document });

function managedByName(work: Work, name: string): string {
  const arn = work.given.managedPolicies[name];
  if (isText(arn)) return arn;
  return /^(Amazon|AWS)[A-Za-z0-9-]+$/.test(name) ? managedArn(work, name) : name;
}

/** The entries of `Policies`, SAM's templates filled in. */
function policies(work: Work, source: Source): unknown[] {
  const written = source.properties['Policies'];
  if (isNothing(written)) return [];
  const entries = isList(written) ? written : [written];
  return entries.map((entry) => withTemplate(work, source, copy(entry)));
}

function withTemplate(work: Work, source: Source, entry: unknown): unknown {
  const branches = isObj(entry) ? entry['Fn::If'] : undefined;
  if (isList(branches) && branches.length === 3)
    return {
      'Fn::If': [
        branches[0],
        withTemplate(work, source, branches[1]),
        withTemplate(work, source, branches[2]),
      ],
    };
  const name = templateName(entry);
  if (name === undefined) return entry;
  const values = known(work, obj(entry)[name]);
  return filled(name, values, (reason) => invalidResource(source.id, reason));
}

type Kind = 'statement' | 'managed' | undefined;

function kindOf(entry: unknown): Kind {
  if (isText(entry)) return 'managed';
  if (!isObj(entry)) return undefined;
  if ('Statement' in entry) return 'statement';
  const branches = entry['Fn::If'];
  if (isList(branches) && branches.length === 3) {
    const kinds = branches
      .slice(1)
      .filter((one) => !isNoValue(one))
      .map(kindOf);
    if (kinds.length === 0) return 'managed';
    return kinds.every((one) => one === kinds[0]) ? kinds[0] : undefined;
  }
  return isIntrinsic(entry) ? 'managed' : undefined;
}

function conditional(entry: Obj, name: string): Obj {
  const [condition, then, otherwise] = isList(entry['Fn::If']) ? entry['Fn::If'] : [];
  const branch = (document: unknown): Obj =>
    isNoValue(document) ? ref('AWS::NoValue') : named(name, document);
  return { 'Fn::If': [condition, branch(then), branch(otherwise)] };
}

/** Adds a managed policy to a role, once. */
export function allowManaged(role: Made, arn: string): void {
  const arns = isList(role.properties['ManagedPolicyArns']) ? role.properties['ManagedPolicyArns'] : [];
  if (!arns.includes(arn)) role.properties['ManagedPolicyArns'] = [...arns, arn];
}

/** Adds an inline policy to a role. */
export function allow(role: Made, policy: Obj): void {
  const documents = isList(role.properties['Policies']) ? role.properties['Policies'] : [];
  if (!documents.some((one) => JSON.stringify(one) === JSON.stringify(policy)))
    role.properties['Policies'] = [...documents, policy];
}
