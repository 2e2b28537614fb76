import { invalidResource } from './failures.ts';
import { isNothing, isObj, isText } from './json.ts';

export interface S3Location {
  readonly bucket: unknown;
  readonly key: unknown;
  readonly version: unknown;
}

/** Where a `…Uri` property points: `s3://bucket/key?versionId=…`, or a map of Bucket, Key and Version. */
export function bucketAndKey(id: string, property: string, uri: unknown): S3Location {
  if (isObj(uri)) {
    if (isNothing(uri['Bucket']) || isNothing(uri['Key']))
      throw invalidResource(id, `'${property}' requires Bucket and Key properties to be specified.`);
    return { bucket: uri['Bucket'], key: uri['Key'], version: uri['Version'] };
  }
  if (!isText(uri)) throw invalidResource(id, `'${property}' must be of type dict or string.`);
  const found = /^s3:\/\/([^/?]+)\/([^?]+)(?:\?versionId=(.+))?$/i.exec(uri);
  if (!found)
    throw invalidResource(
      id,
      `'${property}' is not a valid S3 Uri of the form 's3://bucket/key' with optional versionId query parameter.`,
    );
  return { bucket: found[1], key: found[2], version: found[3] };
}
