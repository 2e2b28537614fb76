import type { Signable } from '../../../../gateway/backends/sign.ts';
import { json as readJson } from '../../../../gateway/json.ts';
import { identities } from '../../../identities.ts';

/** A call of a service of this cloud, not yet signed. */
export interface ServiceRequest extends Signable {
  readonly service: 'events' | 'kinesis' | 'sqs';
}

type Parameters = Readonly<Record<string, string>>;

/**
 * What an integration's parameters make of a call.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html
 * @returns undefined for what this cloud has no service for
 */
export function requestFor(
  subtype: string,
  parameters: Parameters,
  origin: string,
): ServiceRequest | undefined {
  switch (subtype) {
    case 'EventBridge-PutEvents':
      return json('events', 'PutEvents', { Entries: [entryOf(parameters)] }, origin);
    case 'Kinesis-PutRecord': {
      const { Data = '', ...rest } = parameters;
      return json('kinesis', 'PutRecord', { ...rest, Data: Buffer.from(Data).toString('base64') }, origin);
    }
    case 'SQS-SendMessage':
    case 'SQS-ReceiveMessage':
    case 'SQS-DeleteMessage':
    case 'SQS-PurgeQueue':
      return form('sqs', subtype.slice('SQS-'.length), parameters, origin);
    default:
      return undefined;
  }
}

function entryOf({ Resources, Time, ...rest }: Parameters): object {
  return {
    ...rest,
    ...(Resources !== undefined && { Resources: listOf(Resources) }),
    ...(Time !== undefined && { Time: Date.parse(Time) / 1000 }),
  };
}

/* A list in the form `["a","b"]`, or one text. */
function listOf(text: string): readonly unknown[] {
  const list = readJson(text);
  return Array.isArray(list) ? list : [text];
}

function json(
  service: 'events' | 'kinesis',
  operation: string,
  input: object,
  origin: string,
): ServiceRequest {
  return {
    service,
    method: 'POST',
    url: new URL(origin),
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `${identities[service].target}.${operation}`,
    },
    body: Buffer.from(JSON.stringify(input)),
  };
}

/* SQS answers HTTP APIs in XML: it is asked by its older protocol. */
function form(service: 'sqs', Action: string, parameters: Parameters, origin: string): ServiceRequest {
  const fields = new URLSearchParams({ Action, Version: identities.sqs.version });
  for (const [name, value] of Object.entries(parameters))
    for (const [field, text] of fieldsOf(name, value)) fields.set(field, text);
  return {
    service,
    method: 'POST',
    url: new URL(origin),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(fields.toString()),
  };
}

/* Attributes come as a JSON object, and go as `MessageAttribute.1.Name` and its like. */
function fieldsOf(name: string, value: string): readonly (readonly [string, string])[] {
  if (name === 'AttributeNames' || name === 'MessageAttributeNames')
    return listOf(value).map((one, at) => [`${name.slice(0, -1)}.${at + 1}`, String(one)]);
  if (name !== 'MessageAttributes' && name !== 'MessageSystemAttributes') return [[name, value]];
  const attributes = readJson(value);
  return Object.entries(typeof attributes === 'object' ? (attributes ?? {}) : {}).flatMap(
    ([attribute, told], at) => {
      const place = `${name.slice(0, -1)}.${at + 1}`;
      const values = Object.entries((told ?? {}) as Record<string, unknown>);
      return [
        [`${place}.Name`, attribute] as const,
        ...values.map(([key, text]) => [`${place}.Value.${key}`, String(text)] as const),
      ];
    },
  );
}
