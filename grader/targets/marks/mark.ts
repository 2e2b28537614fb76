import { boundedTemplate } from './bounded-template.ts';
import { tagsFor, type Marks } from './marks.ts';

/** What the SDK hands to a middleware, as far as it is looked at here. */
interface Context {
  readonly clientName?: string;
  readonly commandName?: string;
}
type Input = Readonly<Partial<Record<string, unknown>>>;
type Handle = (request: object) => Promise<object>;
interface Client {
  readonly middlewareStack: {
    add(
      middleware: (next: Handle, context: Context) => Handle,
      options: { readonly step: 'initialize'; readonly name: string; readonly override: true },
    ): void;
  };
}

type Tags = Readonly<Record<string, string>>;
type Tagging = (input: Input, tags: Tags) => Input;

/* What somebody has chosen themselves stays. */
const map =
  (member: string): Tagging =>
  (input, tags) => ({ ...input, [member]: { ...tags, ...(input[member] as Tags | undefined) } });
const list =
  (member: string): Tagging =>
  (input, tags) => {
    const own = (input[member] ?? []) as readonly { readonly Key?: string }[];
    const added = Object.entries(tags).filter(([name]) => !own.some(({ Key }) => Key === name));
    return { ...input, [member]: [...own, ...added.map(([Key, Value]) => ({ Key, Value }))] };
  };

/**
 * Operations that make something and take its tags. A schedule of EventBridge Scheduler takes none: only its group
 * does. The boundary is asked of what makes roles.
 */
const tagging: Readonly<Partial<Record<string, Tagging>>> = {
  'APIGatewayClient CreateApiKey': map('tags'),
  'APIGatewayClient CreateRestApi': map('tags'),
  'APIGatewayClient CreateUsagePlan': map('tags'),
  'ApiGatewayV2Client CreateApi': map('Tags'),
  // A change set of a stack that is there would change the tags of all that it holds.
  'CloudFormationClient CreateChangeSet': (input, tags) =>
    input.ChangeSetType === 'CREATE' || input.Tags !== undefined ? list('Tags')(input, tags) : input,
  'CloudFormationClient CreateStack': list('Tags'),
  'CloudWatchClient PutMetricAlarm': list('Tags'),
  'CloudWatchLogsClient CreateLogGroup': map('tags'),
  'DynamoDBClient CreateTable': list('Tags'),
  'EventBridgeClient PutRule': list('Tags'),
  'IAMClient CreateRole': list('Tags'),
  'KinesisClient CreateStream': map('Tags'),
  'LambdaClient CreateEventSourceMapping': map('Tags'),
  'LambdaClient CreateFunction': map('Tags'),
  'S3Client CreateBucket': (input, tags) => ({
    ...input,
    CreateBucketConfiguration: list('Tags')((input.CreateBucketConfiguration ?? {}) as Input, tags),
  }),
  'SNSClient CreateTopic': list('Tags'),
  'SQSClient CreateQueue': map('tags'),
};

/** An update of a stack may bring new roles, as making it does. */
const bounding: Readonly<Partial<Record<string, (input: Input, boundary: string) => Input>>> = {
  'CloudFormationClient CreateChangeSet': bounded,
  'CloudFormationClient CreateStack': bounded,
  'CloudFormationClient UpdateStack': bounded,
  'IAMClient CreateRole': (input, PermissionsBoundary) => ({ PermissionsBoundary, ...given(input) }),
};

function bounded(input: Input, boundary: string): Input {
  const { TemplateBody: text } = input;
  return typeof text === 'string' ? { ...input, TemplateBody: boundedTemplate(text, boundary) } : input;
}

/** SNS takes the making of a topic that is there for a look at it, unless its tags are others. */
const otherTags = /already exists with different tags/i;

/** Has everything that a client makes carry the marks: whoever writes a deployment need not think of them. */
export function mark(client: object, marks: Marks): void {
  (client as Client).middlewareStack.add(
    (next, { clientName = '', commandName = '' }) => {
      const operation = `${clientName} ${commandName.replace(/Command$/, '')}`;
      return async (request) => {
        const { input = {} } = request as { readonly input?: Input };
        const { boundary } = marks;
        const inside = boundary === undefined ? undefined : bounding[operation]?.(input, boundary);
        const untagged = inside === undefined ? request : { ...request, input: inside };
        const tags = tagsFor(marks, nameIn(input));
        const tagged = Object.keys(tags).length === 0 ? undefined : tagging[operation];
        if (tagged === undefined) return next(untagged);
        try {
          return await next({ ...request, input: tagged(inside ?? input, tags) });
        } catch (error) {
          if (!(error instanceof Error) || !otherTags.test(error.message)) throw error;
          return next(untagged);
        }
      };
    },
    { step: 'initialize', name: 'coldstartMarks', override: true },
  );
}

const given = (input: Input): Input =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));

/** What an input calls the thing that it makes. */
const nameIn = (input: Input): string =>
  Object.entries(input)
    .map(([member, value]) => (naming.test(member) && typeof value === 'string' ? value : ''))
    .find((name) => name !== '') ?? '';
/* Kinesis, Lambda and the rest say whose name it is; API Gateway, EventBridge and SNS say `name`. */
const naming =
  /^(?:name|(?:Function|Role|Queue|Table|Stream|Alarm|Stack|Rule|Topic|logGroup)?Name|Bucket|logGroupName)$/;
