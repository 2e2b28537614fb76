import type { Cloud } from '../../../cloud.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import type { Acting } from '../../../service/inner-calls.ts';
import { invalid } from '../failures.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html, in bytes. */
const LONGEST_BODY = 51_200;
const LONGEST_OBJECT = 1_000_000;

/** Where a request has a text: in itself, or in S3. */
export interface Source {
  readonly body: string | undefined;
  readonly url: string | undefined;
}

/** The text of a template. @throws ValidationError */
export async function templateText(cloud: Cloud, acting: Acting, { body, url }: Source): Promise<string> {
  if (body !== undefined && url !== undefined)
    throw invalid('Either Template URL or Template Body can be specified, but not both.');
  if (body !== undefined) {
    if (Buffer.byteLength(body) > LONGEST_BODY)
      throw invalid(
        `1 validation error detected: Value '${body.slice(0, 80)}…' at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${String(LONGEST_BODY)}`,
      );
    return body;
  }
  if (url === undefined) throw invalid('Either Template URL or Template Body must be specified.');
  const text = await objectText(cloud, acting, url, 'TemplateURL');
  if (Buffer.byteLength(text) > LONGEST_OBJECT)
    throw invalid(`Template may not exceed ${String(LONGEST_OBJECT)} bytes in size.`);
  return text;
}

/** The text of an object that an address names. @throws ValidationError */
export async function objectText(cloud: Cloud, acting: Acting, url: string, member: string): Promise<string> {
  const at = objectAt(url);
  if (at === undefined) throw invalid(`${member} must be a supported URL.`);
  try {
    const { Body } = await cloud.call(acting, 's3', 'GetObject', { Bucket: at.bucket, Key: at.key });
    return await textOf(Body);
  } catch (error) {
    if (!(error instanceof ServiceFailure)) throw error;
    throw invalid(
      `S3 error: ${error.message}\nFor more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html`,
    );
  }
}

async function textOf(body: Uint8Array | AsyncIterable<Uint8Array> | undefined): Promise<string> {
  if (body === undefined) return '';
  if (body instanceof Uint8Array) return Buffer.from(body).toString('utf8');
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/* The bucket stands before S3's own name, or before the name that this machine has. */
const VIRTUAL_HOST =
  /^(.+?)\.(?:s3[.-][a-z0-9.-]*amazonaws\.com(?:\.cn)?|s3(?:\.[a-z0-9-]+)?\.localhost(?:\.localstack\.cloud)?|localhost)$/;
const PATH_HOST =
  /^(?:s3[.-][a-z0-9.-]*amazonaws\.com(?:\.cn)?|(?:s3\.)?localhost(?:\.localstack\.cloud)?|\d+\.\d+\.\d+\.\d+|\[::1\])$/;

/** The object that an address names, by the host's name or in the path; undefined: it is none of S3's. */
export function objectAt(address: string): { readonly bucket: string; readonly key: string } | undefined {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return undefined;
  }
  const path = decodeURIComponent(url.pathname.slice(1));
  if (url.protocol === 's3:') return path === '' ? undefined : { bucket: url.host, key: path };
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  if (PATH_HOST.test(url.hostname)) {
    const [bucket = '', ...key] = path.split('/');
    return key.join('/') === '' ? undefined : { bucket, key: key.join('/') };
  }
  const bucket = VIRTUAL_HOST.exec(url.hostname)?.[1];
  return bucket === undefined || path === '' ? undefined : { bucket, key: path };
}
