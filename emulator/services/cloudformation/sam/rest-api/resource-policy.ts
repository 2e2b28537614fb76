import { type Event, failedByName } from '../events/event.ts';
import { type Obj, isList, isNothing, isObj, obj, sub } from '../json.ts';
import { ANY, methodName, operations } from '../openapi/editor.ts';

const POLICY = 'x-amazon-apigateway-policy';

/** `ResourcePolicy` of a route. */
export function addResourcePolicy(body: Obj, policy: unknown, path: string, event: Event): void {
  if (!isObj(policy)) throw failedByName(event, "Property 'ResourcePolicy' should be a map.");
  addCustom(body, policy);
  addConditions(body, policy, [arnOf(event.properties['Method'], path)]);
}

/** `ResourcePolicy` of the whole API: it is said for every route. */
export function addApiPolicy(body: Obj, policy: Obj): void {
  addCustom(body, policy);
  const routes = [...operations(body)].filter((one) => one.method !== 'options');
  for (const path of new Set(routes.map((one) => one.path)))
    addConditions(body, policy, [
      ...new Set(routes.filter((one) => one.path === path).map((one) => arnOf(one.method, path))),
    ]);
}

const arnOf = (method: unknown, path: string): string => {
  const name = methodName(method);
  const verb = name === ANY ? '*' : name.toUpperCase();
  return `execute-api:/\${__Stage__}/${verb}${path.replace(/\{[^}]*\}/g, '*')}`;
};

const stage = (resource: string): Obj => ({ 'Fn::Sub': [resource, { __Stage__: 'Prod' }] });

function addCustom(body: Obj, policy: Obj): void {
  const custom = policy['CustomStatements'];
  if (!isNothing(custom)) put(body, isList(custom) ? custom.map(obj) : [obj(custom)]);
}

/** The lists of a policy name who is let in, and who is kept out. */
const LISTS = [
  { kind: 'Whitelist', effect: 'Allow', range: 'NotIpAddress', vpc: 'StringNotEquals' },
  { kind: 'Blacklist', effect: 'Deny', range: 'IpAddress', vpc: 'StringEquals' },
] as const;

/** All accounts come before all ranges of addresses, and these before all networks. */
function addConditions(body: Obj, policy: Obj, resources: readonly string[]): void {
  const list = (name: string): unknown[] =>
    isList(policy[name]) ? policy[name] : isNothing(policy[name]) ? [] : [policy[name]];
  const arns = resources.map(stage);
  for (const { kind, effect } of LISTS) {
    const accounts = list(`AwsAccount${kind}`);
    if (accounts.length > 0) put(body, [statement(effect, { AWS: accounts.map(rootOf) }, arns)]);
  }
  for (const { kind, range } of LISTS)
    denyWhere(body, arns, range, { 'aws:SourceIp': list(`IpRange${kind}`) });
  for (const { kind, vpc } of LISTS) {
    const plain = list(`SourceVpc${kind}`).map(String);
    denyWhere(body, arns, vpc, {
      'aws:SourceVpc': [...list(`IntrinsicVpc${kind}`), ...plain.filter((one) => /^vpc-/.test(one))],
      'aws:SourceVpce': [...list(`IntrinsicVpce${kind}`), ...plain.filter((one) => /^vpce-/.test(one))],
    });
  }
}

const rootOf = (account: unknown): unknown =>
  isObj(account) || /^\d{12}$/.test(String(account))
    ? sub('arn:${AWS::Partition}:iam::${account}:root', { account })
    : account;

const statement = (effect: 'Allow' | 'Deny', principal: unknown, arns: unknown, more: Obj = {}): Obj => ({
  Action: 'execute-api:Invoke',
  Effect: effect,
  Principal: principal,
  Resource: arns,
  ...more,
});

/** Everybody is let in but those of whom the operator holds; nothing is said where there is nothing to compare. */
function denyWhere(body: Obj, arns: unknown, operator: string, values: Record<string, unknown[]>): void {
  const compared = Object.fromEntries(Object.entries(values).filter(([, one]) => one.length > 0));
  if (Object.keys(compared).length === 0) return;
  put(body, [
    statement('Allow', '*', arns),
    statement('Deny', '*', arns, { Condition: { [operator]: compared } }),
  ]);
}

function put(body: Obj, statements: Obj[]): void {
  const policy = obj(body[POLICY]);
  const written = policy['Statement'];
  const present = isNothing(written) ? [] : isList(written) ? written : [written];
  const seen = new Set(present.map((one) => JSON.stringify(one)));
  const all = [...present, ...statements.filter((one) => !seen.has(JSON.stringify(one)))];
  // one statement alone is not put into a list
  body[POLICY] = { Version: '2012-10-17', Statement: all.length === 1 && !isList(written) ? all[0] : all };
}
