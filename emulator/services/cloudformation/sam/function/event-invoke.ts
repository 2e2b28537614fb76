import { invalidResource } from '../failures.ts';
import {
  type Obj,
  getAtt,
  hashedId,
  isIntrinsic,
  isList,
  isNoValue,
  isNothing,
  isObj,
  isText,
  ref,
  said,
  shown,
} from '../json.ts';
import { type Made, type Source, made } from '../made.ts';
import { type Work, known, addCondition } from '../work.ts';

export interface EventInvoke {
  readonly made: readonly Made[];
  readonly documents: readonly Obj[];
}

const ACTIONS: Readonly<Record<string, string>> = {
  SQS: 'sqs:SendMessage',
  SNS: 'sns:publish',
  Lambda: 'lambda:InvokeFunction',
  EventBridge: 'events:PutEvents',
  S3Bucket: 's3:PutObject',
};

/** `EventInvokeConfig`: what becomes of asynchronous events, and what it takes to send them on. */
export function eventInvoke(
  work: Work,
  source: Source,
  alias: string | undefined,
  aliasId: string | undefined,
): EventInvoke {
  const config = source.properties['EventInvokeConfig'];
  if (isNothing(config)) return { made: [], documents: [] };
  if (!isObj(config)) throw invalidResource(source.id, "'EventInvokeConfig' must be a map.");
  const id = `${source.id}EventInvokeConfig`;
  const resources: Made[] = [];
  const documents: Obj[] = [];
  const destinations: Obj = {};
  const wished = known(work, config['DestinationConfig']);
  for (const outcome of ['OnSuccess', 'OnFailure']) {
    const one = isObj(wished) ? wished[outcome] : undefined;
    if (isNothing(one)) continue;
    if (!isObj(one))
      throw invalidResource(source.id, `'EventInvokeConfig.DestinationConfig.${outcome}' must be a map.`);
    const made = destination(work, source, `${id}${outcome}`, one);
    destinations[outcome] = made.destination;
    resources.push(...made.made);
    documents.push(...made.documents);
  }
  const whole = made(
    id,
    'AWS::Lambda::EventInvokeConfig',
    {
      FunctionName: ref(source.id),
      MaximumEventAgeInSeconds: config['MaximumEventAgeInSeconds'],
      MaximumRetryAttempts: config['MaximumRetryAttempts'],
      Qualifier: alias ?? '$LATEST',
      DestinationConfig: isObj(wished) ? destinations : undefined,
    },
    { ...(aliasId === undefined ? {} : { DependsOn: [aliasId] }), ...source.passed },
  );
  return { made: [...resources, whole], documents };
}

interface Destination {
  readonly destination: Obj;
  readonly made: Made[];
  readonly documents: Obj[];
}

function destination(work: Work, source: Source, id: string, wished: Obj): Destination {
  const type = wished['Type'];
  if (isNothing(type))
    throw invalidResource(
      source.id,
      "'Type: " + 'None' + "' must be one of: ['SQS', 'SNS', 'EventBridge', 'Lambda', 'S3Bucket']",
    );
  const action = ACTIONS[shown(type)];
  if (action === undefined)
    throw invalidResource(
      source.id,
      `'Type: ${shown(type)}' must be one of: ['SQS', 'SNS', 'EventBridge', 'Lambda', 'S3Bucket']`,
    );
  const arn = wished['Destination'];
  const branches = isIntrinsic(arn) ? arn['Fn::If'] : undefined;
  const generated = (): { resource: Made; arn: Obj } => generate(source, id, shown(type));
  const document = (name: string, resource: unknown): Obj => ({
    PolicyName: `${id}${name}Policy`,
    PolicyDocument: {
      Statement: [
        { Action: action, Effect: 'Allow', Resource: type === 'S3Bucket' ? s3(resource) : resource },
      ],
    },
  });
  if (isList(branches) && branches.length === 3 && (isNoValue(branches[1]) || isNoValue(branches[2])))
    return conditional(work, source, id, shown(type), branches, generated(), document);
  if (isNothing(arn) || isNoValue(arn)) {
    if (type !== 'SQS' && type !== 'SNS')
      throw invalidResource(source.id, `Destination is required if Type is not SQS or SNS`);
    const made = generated();
    return {
      destination: { Destination: made.arn },
      made: [made.resource],
      documents: [document(shown(type), made.arn)],
    };
  }
  return { destination: { Destination: arn }, made: [], documents: [document(shown(type), arn)] };
}

const s3 = (arn: unknown): unknown => ({ 'Fn::Join': ['/', [arn, '*']] });

function generate(source: Source, id: string, type: string): { resource: Made; arn: Obj } {
  if (type === 'SQS') {
    const queue = made(`${id}Queue`, 'AWS::SQS::Queue', {}, { ...source.passed });
    return { resource: queue, arn: getAtt(queue.id, 'Arn') };
  }
  const topic = made(`${id}Topic`, 'AWS::SNS::Topic', {}, { ...source.passed });
  return { resource: topic, arn: ref(topic.id) };
}

/** What is made for a function that is on a condition is on that one too. */
function bothOf(work: Work, source: Source, on: string): string {
  const condition = source.passed['Condition'];
  if (!isText(condition)) return on;
  const both = hashedId(`${condition}AND${on}`, source.id);
  // the transform writes the conditions this way, one call in another
  const nested = [condition, on].map((one) => ({ Condition: { Condition: one } }));
  addCondition(work, both, { 'Fn::And': nested });
  return both;
}

/** Where the destination is given on a condition only, one is made for when it does not hold. */
function conditional(
  work: Work,
  source: Source,
  id: string,
  type: string,
  branches: readonly unknown[],
  made: { resource: Made; arn: Obj },
  document: (name: string, resource: unknown) => Obj,
): Destination {
  const [condition, then, otherwise] = branches;
  const lacksThen = isNoValue(then);
  let on = shown(condition);
  if (!lacksThen) {
    on = hashedId(`NOT${shown(condition)}`, `${source.id}EventInvokeConfig`);
    addCondition(work, on, { 'Fn::Not': [{ Condition: condition }] });
  }
  made.resource.attributes['Condition'] = bothOf(work, source, on);
  const arn = { 'Fn::If': [on, made.arn, lacksThen ? otherwise : then] };
  return {
    destination: said({ Destination: arn }),
    made: [made.resource],
    documents: [document(type, arn)].map((one) => ({ ...one, PolicyName: `${id}${shown(type)}Policy` })),
  };
}
