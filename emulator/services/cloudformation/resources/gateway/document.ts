import type { Json } from '../../../../state/state.ts';
import { ResourceFailure, type Properties, type ResourceWork } from '../resource-type.ts';
import { documentText, text } from '../translate/shaped.ts';
import { isObject } from './narrowed.ts';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html (bytes) */
const LONGEST = 6 * 1024 * 1024;

/**
 * The OpenAPI document of `Body` or `BodyS3Location`, as bytes.
 * @throws ServiceFailure as S3 has it; ResourceFailure for one that is longer than API Gateway reads
 */
export async function openApiOf(properties: Properties, work: ResourceWork): Promise<Uint8Array | undefined> {
  const { Body, BodyS3Location } = properties;
  if (Body !== undefined) return checked(Buffer.from(documentText(Body)));
  return isObject(BodyS3Location) ? await fromS3(BodyS3Location, work) : undefined;
}

/** The properties that say what an API's document is. */
export const documentNames = ['Body', 'BodyS3Location', 'Parameters', 'BasePath', 'Mode'];

async function fromS3(place: Readonly<Record<string, Json | undefined>>, work: ResourceWork) {
  const version = text(place['Version']);
  const etag = text(place['ETag']) ?? text(place['Etag']);
  const { Body } = await work.call('s3', 'GetObject', {
    Bucket: text(place['Bucket']),
    Key: text(place['Key']),
    ...(version !== undefined && { VersionId: version }),
    ...(etag !== undefined && { IfMatch: etag }),
  });
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of Body instanceof Uint8Array ? [Body] : (Body ?? [])) {
    length += part.byteLength;
    if (length > LONGEST) throw tooLong();
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function checked(bytes: Uint8Array): Uint8Array {
  if (bytes.byteLength > LONGEST) throw tooLong();
  return bytes;
}

const tooLong = (): ResourceFailure =>
  new ResourceFailure(
    `The OpenAPI definition is larger than the ${LONGEST / 1024 / 1024} MB that API Gateway imports.`,
  );
