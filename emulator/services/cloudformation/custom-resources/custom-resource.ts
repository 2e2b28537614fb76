import { createHash } from 'node:crypto';
import type { Json } from '../../../state/state.ts';
import {
  ResourceFailure,
  type Kept,
  type Physical,
  type Properties,
  type ResourceType,
  type ResourceWork,
} from '../resources/resource-type.ts';
import type { Answers } from './answers.ts';

/** How long a maker may take where the resource does not say, in seconds. */
const LONGEST = 3600;

const NO_ANSWER =
  'CloudFormation did not receive a response from your custom resource. Please check your logs for requestId';

/**
 * Resources that a student's own function makes: it is told what to do, and answers at an address.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/crpg-ref.html
 */
export function customResource(answers: Answers, resourceType: string): ResourceType {
  const asked = async (
    work: ResourceWork,
    RequestType: 'Create' | 'Update' | 'Delete',
    properties: Properties,
    more: Readonly<Record<string, Json>> = {},
  ): Promise<Physical> => {
    const { scope, stackId, logicalId } = work;
    const id = requestId(`${work.token} ${RequestType}`);
    const { ServiceToken: token, ServiceTimeout: timeout } = properties;
    if (typeof token !== 'string') throw new ResourceFailure('ServiceToken is a required property');
    if (answers.ask(scope, id))
      await told(work, token, {
        RequestType,
        ServiceToken: token,
        ResponseURL: answers.address(scope, stackId, logicalId, id),
        StackId: stackId,
        RequestId: id,
        LogicalResourceId: logicalId,
        ResourceType: resourceType,
        ResourceProperties: texts(properties),
        ...more,
      });
    const answer = await work.until(Number(timeout ?? LONGEST), `${NO_ANSWER} [${id}].`, async () =>
      Promise.resolve(answers.of(scope, id)?.answer),
    );
    answers.forget(scope, id);
    return made(answer, id, more['PhysicalResourceId']);
  };
  return {
    create: async (properties, work) => await asked(work, 'Create', properties),
    update: async (kept, wanted, work) => {
      if (kept.properties['ServiceToken'] !== wanted['ServiceToken'])
        throw new ResourceFailure('Modifying service token is not allowed.');
      return await asked(work, 'Update', wanted, {
        PhysicalResourceId: kept.id,
        OldResourceProperties: texts(kept.properties),
      });
    },
    delete: async (kept: Kept, work) => {
      await asked(work, 'Delete', kept.properties, { PhysicalResourceId: kept.id });
    },
  };
}

async function told(
  work: ResourceWork,
  token: string,
  request: Readonly<Record<string, Json>>,
): Promise<void> {
  const text = JSON.stringify(request);
  if (token.includes(':sns:'))
    await work.call('sns', 'Publish', {
      TopicArn: token,
      Subject: 'AWS CloudFormation custom resource request',
      Message: text,
    });
  else
    await work.call('lambda', 'Invoke', {
      FunctionName: token,
      InvocationType: 'Event',
      Payload: Buffer.from(text),
    });
}

function made(answer: Readonly<Record<string, Json>>, id: string, before: Json | undefined): Physical {
  const { Status: status, Reason: reason, PhysicalResourceId: physical = before, Data: data } = answer;
  if (status !== 'SUCCESS')
    throw new ResourceFailure(
      `Received response status [${textOf(status)}] from custom resource. Message returned: ${textOf(reason)} (RequestId: ${id})`,
    );
  if (typeof physical !== 'string' || physical === '')
    throw new ResourceFailure('Invalid PhysicalResourceId');
  const attributes = typeof data === 'object' && data !== null && !Array.isArray(data) ? data : {};
  return { id: physical, attributes: attributes as Physical['attributes'] };
}

const textOf = (value: Json | undefined): string =>
  typeof value === 'string' ? value : JSON.stringify(value ?? null);

/* Numbers and truths come as texts. */
function texts(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(texts);
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.fromEntries(
    Object.entries(value as Readonly<Record<string, Json>>).map(([key, one]) => [key, texts(one)]),
  );
}

function requestId(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}
