import { invalidResource } from '../failures.ts';
import { type Obj, isNothing, isObj, isText, said } from '../json.ts';
import type { Source } from '../made.ts';
import { bucketAndKey } from '../s3-location.ts';

/** `Code` of a Lambda function from `CodeUri`, `InlineCode`, `FunctionCode` or `ImageUri`. */
export function codeOf(source: Source): Obj {
  const { PackageType, CodeUri, InlineCode, ImageUri, FunctionCode } = source.properties;
  const code =
    PackageType === 'Image' ? imageOf(source, ImageUri) : zipOf(source, CodeUri, InlineCode, FunctionCode);
  return said({ ...code, SourceKMSKeyArn: source.properties['SourceKMSKeyArn'] });
}

function imageOf(source: Source, uri: unknown): Obj {
  if (source.properties['CodeUri'] !== undefined || source.properties['InlineCode'] !== undefined)
    throw invalidResource(source.id, `'CodeUri' or 'InlineCode' cannot be set when PackageType is Image.`);
  if (isNothing(uri)) throw invalidResource(source.id, "'ImageUri' must be set.");
  return { ImageUri: uri };
}

function zipOf(source: Source, uri: unknown, inline: unknown, code: unknown): Obj {
  const given = [uri, inline, code].filter((one) => !isNothing(one));
  if (given.length === 0) throw invalidResource(source.id, "Either 'InlineCode' or 'CodeUri' must be set.");
  if (!isNothing(inline)) return { ZipFile: inline };
  if (isObj(code)) return code;
  if (isText(uri) && uri.includes('{{resolve:'))
    throw invalidResource(
      source.id,
      "Unsupported dynamic reference detected in 'CodeUri'. Please consider using alternative 'FunctionCode' object format.",
    );
  const at = bucketAndKey(source.id, 'CodeUri', uri);
  return said({ S3Bucket: at.bucket, S3Key: at.key, S3ObjectVersion: at.version });
}
