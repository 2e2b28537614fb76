import { type Event, failedByName } from '../events/event.ts';
import { type Obj, isList, isNothing, isObj, obj, sub } from '../json.ts';
import { ANY, methodName, operations } from '../openapi/editor.ts';

const POLICY = 'x-amazon-apigateway-policy';

/** `ResourcePolicy` of a route. */
export function addResourcePolicy(body: Obj, policy: unknown, path: string, event: Event): void {
  if (!isObj(policy)) throw failedByName(event, "Property 'ResourcePolicy' should be a map.");
  addPolicy(body, policy, [arnOf(event.properties['Method'], path)]);
}

/** `ResourcePolicy` of the whole API: it is said for every route. */
export function addApiPolicy(body: Obj, policy: Obj): void {
  const custom = policy['CustomStatements'];
  if (!isNothing(custom)) put(body, isList(custom) ? custom.map(obj) : [obj(custom)]);
  const routes = [...operations(body)].filter((one) => one.method !== 'options');
  for (const path of new Set(routes.map((one) => one.path)))
    addPolicy(body, policy, [
      ...new Set(routes.filter((one) => one.path === path).map((one) => arnOf(one.method, path))),
    ]);
}

const arnOf = (method: unknown, path: string): string => {
  const name = methodName(method);
  const verb = name === ANY ? '*' : name.toUpperCase();
  return `execute-api:/\${__Stage__}/${verb}${path.replace(/\{[^}]*\}/g, '*')}`;
};

const stage = (resource: string): Obj => ({ 'Fn::Sub': [resource, { __Stage__: 'Prod' }] });

function addPolicy(body: Obj, policy: Obj, resources: readonly string[]): void {
  const custom = policy['CustomStatements'];
  if (!isNothing(custom)) {
    if (isList(custom)) put(body, custom.map(obj));
    else put(body, [obj(custom)]);
  }
  const list = (name: string): unknown[] =>
    isList(policy[name]) ? policy[name] : isNothing(policy[name]) ? [] : [policy[name]];
  const arns = resources.map(stage);
  const accounts = (names: unknown[]): unknown[] =>
    names.map((one) =>
      isObj(one) || /^\d{12}$/.test(String(one))
        ? sub('arn:${AWS::Partition}:iam::${account}:root', { account: one })
        : one,
    );
  if (list('AwsAccountWhitelist').length > 0)
    put(body, [
      {
        Action: 'execute-api:Invoke',
        Effect: 'Allow',
        Principal: { AWS: accounts(list('AwsAccountWhitelist')) },
        Resource: arns,
      },
    ]);
  if (list('AwsAccountBlacklist').length > 0)
    put(body, [
      {
        Action: 'execute-api:Invoke',
        Effect: 'Deny',
        Principal: { AWS: accounts(list('AwsAccountBlacklist')) },
        Resource: arns,
      },
    ]);
  ranges(body, list('IpRangeWhitelist'), 'NotIpAddress', 'aws:SourceIp', arns);
  ranges(body, list('IpRangeBlacklist'), 'IpAddress', 'aws:SourceIp', arns);
  vpcs(body, policy, list, arns);
}

const allow = (arns: unknown): Obj => ({
  Action: 'execute-api:Invoke',
  Effect: 'Allow',
  Principal: '*',
  Resource: arns,
});

function ranges(body: Obj, values: unknown[], operator: string, key: string, arns: unknown): void {
  if (values.length === 0) return;
  put(body, [
    allow(arns),
    {
      Action: 'execute-api:Invoke',
      Effect: 'Deny',
      Principal: '*',
      Resource: arns,
      Condition: { [operator]: { [key]: values } },
    },
  ]);
}

function vpcs(body: Obj, policy: Obj, list: (name: string) => unknown[], arns: unknown): void {
  for (const [kind, operator] of [
    ['Whitelist', 'StringNotEquals'],
    ['Blacklist', 'StringEquals'],
  ] as const) {
    const plain = list(`SourceVpc${kind}`).map(String);
    const byVpc = [...list(`IntrinsicVpc${kind}`), ...plain.filter((one) => /^vpc-/.test(one))];
    const byEndpoint = [...list(`IntrinsicVpce${kind}`), ...plain.filter((one) => /^vpce-/.test(one))];
    const conditions: Obj = {};
    if (byVpc.length > 0) conditions['aws:SourceVpc'] = byVpc;
    if (byEndpoint.length > 0) conditions['aws:SourceVpce'] = byEndpoint;
    if (Object.keys(conditions).length === 0) continue;
    put(body, [
      allow(arns),
      {
        Action: 'execute-api:Invoke',
        Effect: 'Deny',
        Principal: '*',
        Resource: arns,
        Condition: { [operator]: conditions },
      },
    ]);
  }
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
