import type { Call, ServiceId } from './call.ts';

type Member = readonly [member: string, kind: 'name' | 'id' | 'address'];

/**
 * By service: the members of an input that say what a call is about. `id`: drawn by the service, so a name is known
 * only from what the service answered before. `address`: a URL or an ARN that holds the name.
 */
const members: Readonly<Record<ServiceId, readonly Member[]>> = {
  apigateway: [
    ['restApiId', 'id'],
    ['apiKey', 'id'],
    ['usagePlanId', 'id'],
    ['resourceArn', 'address'],
  ],
  apigatewaymanagementapi: [],
  apigatewayv2: [['ApiId', 'id']],
  cloudformation: [
    ['StackName', 'address'],
    ['ChangeSetName', 'id'],
  ],
  cloudwatch: [
    ['AlarmName', 'name'],
    ['AlarmNames', 'name'],
    ['Namespace', 'name'],
    ['DashboardName', 'name'],
  ],
  dynamodb: [
    ['TableName', 'address'],
    ['RequestItems', 'name'],
  ],
  dynamodbstreams: [['StreamArn', 'address']],
  events: [
    ['Rule', 'name'],
    ['Name', 'name'],
  ],
  iam: [
    ['RoleName', 'name'],
    ['PolicyArn', 'address'],
    ['UserName', 'name'],
  ],
  kinesis: [
    ['StreamName', 'name'],
    ['StreamARN', 'address'],
  ],
  lambda: [
    ['FunctionName', 'address'],
    ['UUID', 'id'],
    ['Resource', 'address'],
  ],
  logs: [
    ['logGroupName', 'name'],
    ['logGroupIdentifier', 'address'],
    ['logGroupNames', 'name'],
  ],
  s3: [['Bucket', 'name']],
  scheduler: [['Name', 'name']],
  sns: [
    ['TopicArn', 'address'],
    ['Name', 'name'],
  ],
  sqs: [
    ['QueueUrl', 'address'],
    ['QueueName', 'name'],
  ],
  ssm: [['Name', 'name']],
  sts: [],
};

/** What is about a name only when it is made: afterwards the service knows it by an id. */
const namedAtBirth: Readonly<Record<string, string>> = {
  'apigateway CreateRestApi': 'name',
  'apigateway CreateApiKey': 'name',
  'apigateway CreateUsagePlan': 'name',
  'apigatewayv2 CreateApi': 'Name',
};

const reading = /^(Get|List|Describe|Head|Filter|Lookup|BatchGet|Query|Scan|Select|Test|Validate)/;
/** Named like changes, and none: a query of logs is a search. */
const alsoReading = new Set(['StartQuery', 'StopQuery', 'StartLiveTail']);

/** Whether an operation leaves everything as it is. `TestInvoke…` calls the back end. */
export const isRead = ({ operation }: Pick<Call, 'operation'>): boolean =>
  alsoReading.has(operation) || (reading.test(operation) && !operation.startsWith('TestInvoke'));

type About = Pick<Call, 'service' | 'operation' | 'input'>;
type Theirs = About & Pick<Call, 'account'>;

/** What a call is about. Ids stay ids: {@link Names} knows whose they are. Empty: the account's list of something. */
export function subjectsOf({ service, operation, input }: About): string[] {
  const birth = namedAtBirth[`${service} ${operation}`];
  if (birth !== undefined) return textsOf(input[birth]);
  const found: string[] = [];
  for (const [member, kind] of members[service]) {
    // `PolicyArn` says what a role is given, and the role is what changes.
    if (member === 'PolicyArn' && input['RoleName'] !== undefined) continue;
    // An alarm watches metrics of any namespace: only what is put into one changes it.
    if (member === 'Namespace' && input['AlarmName'] !== undefined) continue;
    // A change set is known by its own name where its stack is named, and by its ARN alone elsewhere.
    if (member === 'ChangeSetName' && input['StackName'] !== undefined) continue;
    for (const text of textsOf(input[member])) found.push(kind === 'address' ? nameIn(service, text) : text);
  }
  // The default bus is everybody's: an event is the lab's by its source.
  if (operation === 'PutEvents') found.push(...sourcesOf(input['Entries']));
  return [...new Set(found)];
}

const sourcesOf = (entries: unknown): string[] =>
  Array.isArray(entries)
    ? (entries as readonly Readonly<Record<string, unknown>>[]).flatMap(({ Source }) => textsOf(Source))
    : [];

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.filter((each): each is string => typeof each === 'string');
  return value !== null && typeof value === 'object' ? Object.keys(value) : [];
}

/** The name in an ARN or a URL, without a version or an alias: `arn:aws:lambda:…:function:greeter:live`, `greeter`. */
export function nameIn(service: ServiceId, text: string): string {
  if (/^https?:/.test(text)) return decodeURIComponent(new URL(text).pathname.split('/').at(-1) ?? '');
  if (service === 'lambda') {
    const whole = /(?:^|:)function:([^:]+)/.exec(text)?.[1];
    return whole ?? text.split(':')[0] ?? text;
  }
  if (!text.startsWith('arn:')) return text;
  switch (service) {
    case 'cloudformation':
    case 'dynamodb':
    case 'dynamodbstreams':
      return text.split('/')[1] ?? text;
    case 'logs':
      return text.split(':')[6] ?? text;
    case 'apigateway':
      return /\/(?:restapis|apikeys|usageplans)\/([^/]+)/.exec(text)?.[1] ?? text;
    default:
      return text.split(/[:/]/).at(-1) ?? text;
  }
}

/** Learns from answers which name stands behind an id of an account. */
export class Names {
  readonly #byId = new Map<string, string>();

  /** The name behind an id; any other text is a name itself; undefined: an id that no answer has told. */
  of({ account, service, input }: Theirs, subject: string): string | undefined {
    const isId = members[service].some(([member, kind]) => kind === 'id' && input[member] === subject);
    return this.#byId.get(`${account} ${service} ${subject}`) ?? (isId ? undefined : subject);
  }

  /** A change set's ARN says nothing of its stack: the answer to whoever made it does. */
  learnChangeSet({ account, operation, input }: Theirs, text: string): void {
    if (operation !== 'CreateChangeSet' || typeof input['StackName'] !== 'string') return;
    this.#tell(
      { account, service: 'cloudformation' },
      /<Id>([^<]+)<\/Id>/.exec(text)?.[1],
      nameIn('cloudformation', input['StackName']),
    );
  }

  /** @param body an answer's, as JSON */
  learn(call: Pick<Call, 'account' | 'service'>, body: unknown): void {
    if (body === null || typeof body !== 'object') return;
    if (Array.isArray(body)) {
      for (const each of body) this.learn(call, each);
      return;
    }
    const { service } = call;
    const told = body as Readonly<Record<string, unknown>>;
    for (const list of ['item', 'items', 'EventSourceMappings']) this.learn(call, told[list]);
    if (service === 'apigateway') this.#tell(call, told['id'], told['name']);
    if (service === 'apigatewayv2') this.#tell(call, told['apiId'], told['name']);
    if (service === 'lambda' && typeof told['FunctionArn'] === 'string')
      this.#tell(call, told['UUID'], nameIn(service, told['FunctionArn']));
  }

  #tell({ account, service }: Pick<Call, 'account' | 'service'>, id: unknown, name: unknown): void {
    if (typeof id === 'string' && typeof name === 'string')
      this.#byId.set(`${account} ${service} ${id}`, name);
  }
}
