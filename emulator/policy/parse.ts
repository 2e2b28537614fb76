import { checkIdentity, checkTrust, checkVersion } from './grammar.ts';
import { conditionOperators } from './policy.ts';
import type {
  Condition,
  ConditionOperator,
  Policy,
  PrincipalElement,
  Selection,
  Statement,
} from './policy.ts';

/**
 * What a document is for. `identity`: attached to a role or user, names no principal. `inline`: the same, kept in the
 * role itself, where its version may be the old one, or left out (as in the roles that SAM makes). `trust`: a role's trust
 * policy, names no resource. `resource`: on a bucket, function or API, names both. `authorizer`: what a Lambda
 * authorizer answers, an identity policy without its strictness about versions.
 */
export type PolicyKind = 'identity' | 'inline' | 'trust' | 'resource' | 'authorizer';

/** A document that AWS would refuse; the message is AWS's, the error code is the service's. */
export class MalformedPolicy extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'MalformedPolicy';
  }
}

/**
 * Reads a policy document.
 * @param json the document as sent
 * @throws MalformedPolicy
 */
export function parsePolicy(json: string, kind: PolicyKind = 'resource'): Policy {
  const reader = readers[kind];
  const document = record(parseJson(json, reader.badJson), reader, 'Policy');
  for (const field of Object.keys(document)) {
    if (!['Version', 'Id', 'Statement'].includes(field)) throw reader.wrong(`Unknown field ${field}`);
  }
  if (document['Statement'] === undefined) throw reader.wrong('Missing required field Statement');
  const version = document['Version'] ?? '2008-10-17';
  if (version !== '2012-10-17' && version !== '2008-10-17') {
    throw reader.wrong(`Invalid version: ${shown(version)}`);
  }
  const id = document['Id'];
  if (id !== undefined && typeof id !== 'string') throw reader.wrong('Invalid Id');
  const statements = list(document['Statement']).map((statement) => readStatement(statement, reader));
  if (statements.length === 0) throw reader.wrong('Statement is empty!');
  const policy: Policy = { version, id, statements };
  const malformed = (text: string) => new MalformedPolicy(text);
  if (kind === 'identity') checkVersion(policy, malformed);
  if (kind === 'identity' || kind === 'inline') checkIdentity(policy, malformed);
  if (kind === 'trust') checkTrust(policy, malformed);
  return policy;
}

/** How a kind words its complaints, and which elements it has. */
interface Reader {
  readonly badJson: string;
  readonly wrong: (detail: string) => MalformedPolicy;
  readonly principal: 'required' | 'prohibited' | 'optional';
  readonly resource: 'required' | 'prohibited';
  readonly missing: { readonly action: string; readonly resource: string; readonly principal: string };
}

const named = {
  wrong: (detail: string) => new MalformedPolicy(detail),
  missing: {
    action: 'Missing required field Action',
    resource: 'Missing required field Resource',
    principal: 'Missing required field Principal',
  },
};
const identity: Reader = {
  badJson: 'Syntax errors in policy.',
  // AWS does not say which error it was in an identity policy.
  wrong: () => new MalformedPolicy('Syntax errors in policy.'),
  principal: 'prohibited',
  resource: 'required',
  missing: {
    action: 'Policy statement must contain actions.',
    resource: 'Policy statement must contain resources.',
    principal: 'Policy document should not specify a principal.',
  },
};
const readers: Readonly<Record<PolicyKind, Reader>> = {
  identity,
  inline: identity,
  trust: {
    ...named,
    badJson: 'This policy contains invalid Json',
    principal: 'required',
    resource: 'prohibited',
  },
  resource: {
    ...named,
    badJson: "Policies must be valid JSON and the first byte must be '{'",
    principal: 'required',
    resource: 'required',
  },
  authorizer: {
    ...named,
    badJson: 'This policy contains invalid Json',
    principal: 'optional',
    resource: 'required',
  },
};

type Fields = Readonly<Record<string, unknown>>;

const statementFields = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

function readStatement(value: unknown, reader: Reader): Statement {
  const statement = record(value, reader, 'Statement');
  for (const field of Object.keys(statement)) {
    if (!statementFields.includes(field)) throw reader.wrong(`Unknown field ${field}`);
  }
  const { Sid: sid, Effect: effect } = statement;
  if (sid !== undefined && typeof sid !== 'string') throw reader.wrong('Invalid Sid');
  if (effect === undefined) throw reader.wrong('Missing required field Effect');
  if (effect !== 'Allow' && effect !== 'Deny') throw reader.wrong(`Invalid effect: ${shown(effect)}`);
  const principals = selection(statement, 'Principal', reader, (element) => readPrincipals(element, reader));
  if (principals !== undefined && reader.principal === 'prohibited') {
    throw new MalformedPolicy('Policy document should not specify a principal.');
  }
  if (principals === undefined && reader.principal === 'required') {
    throw new MalformedPolicy(reader.missing.principal);
  }
  const actions = selection(statement, 'Action', reader, (element) => strings(element, reader, 'action'));
  if (actions === undefined || actions.elements.length === 0)
    throw new MalformedPolicy(reader.missing.action);
  const resources = selection(statement, 'Resource', reader, (element) =>
    strings(element, reader, 'resource'),
  );
  if (resources !== undefined && reader.resource === 'prohibited') {
    throw new MalformedPolicy('Has prohibited field Resource');
  }
  if ((resources === undefined || resources.elements.length === 0) && reader.resource === 'required') {
    throw new MalformedPolicy(reader.missing.resource);
  }
  return {
    sid,
    effect,
    principals,
    actions,
    resources,
    conditions: readConditions(statement['Condition'], reader),
  };
}

function selection<Element>(
  statement: Fields,
  field: 'Principal' | 'Action' | 'Resource',
  reader: Reader,
  read: (element: unknown) => readonly Element[],
): Selection<Element> | undefined {
  const plain = statement[field];
  const negated = statement[`Not${field}`];
  if (plain !== undefined && negated !== undefined) {
    throw reader.wrong(`${field} and Not${field} cannot both be specified`);
  }
  if (plain !== undefined) return { negated: false, elements: read(plain) };
  return negated === undefined ? undefined : { negated: true, elements: read(negated) };
}

const principalTypes = ['AWS', 'Service', 'Federated', 'CanonicalUser'] as const;

function readPrincipals(value: unknown, reader: Reader): PrincipalElement[] {
  if (value === '*') return [{ type: 'Any', value: '*' }];
  if (typeof value === 'string') {
    throw reader.wrong(`Invalid principal in policy: "STRING":${JSON.stringify(value)}`);
  }
  return Object.entries(record(value, reader, 'principal')).flatMap(([name, ids]) => {
    const type = principalTypes.find((known) => known === name);
    if (type === undefined) throw reader.wrong(`Unknown principal type ${name}`);
    return strings(ids, reader, 'principal').map((id) => ({ type, value: id }));
  });
}

const operatorsByName: ReadonlyMap<string, ConditionOperator> = new Map(
  conditionOperators.map((operator) => [operator.toLowerCase(), operator]),
);

function readConditions(value: unknown, reader: Reader): Condition[] {
  if (value === undefined) return [];
  return Object.entries(record(value, reader, 'condition')).flatMap(([written, keys]) => {
    const parts = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/i.exec(written);
    const operator = operatorsByName.get(parts?.[2]?.toLowerCase() ?? '');
    if (operator === undefined || (operator === 'Null' && parts?.[3] !== undefined)) {
      throw reader.wrong(`Invalid Condition type : ${written}`);
    }
    const prefix = parts?.[1]?.toLowerCase();
    const quantifier =
      prefix === undefined ? undefined : prefix === 'forallvalues' ? 'ForAllValues' : 'ForAnyValue';
    return Object.entries(record(keys, reader, 'condition')).map(([key, values]) => ({
      operator,
      quantifier,
      ifExists: parts?.[3] !== undefined,
      key,
      values: list(values).map((one) => {
        if (!['string', 'number', 'boolean'].includes(typeof one))
          throw reader.wrong('Invalid condition value');
        return String(one);
      }),
    }));
  });
}

function parseJson(json: string, message: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    throw new MalformedPolicy(message);
  }
}

function record(value: unknown, reader: Reader, what: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw what === 'Policy' ? new MalformedPolicy(reader.badJson) : reader.wrong(`Invalid ${what}`);
  }
  return value as Fields;
}

function strings(value: unknown, reader: Reader, what: string): string[] {
  return list(value).map((one) => {
    if (typeof one !== 'string') throw reader.wrong(`Invalid ${what}`);
    return one;
  });
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
