import type { CORSRule } from '@aws-sdk/client-s3';
import type { Cloud } from '../../../cloud.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import type { Operations } from '../../../service/operations.ts';
import { invalidRequest, malformedXml } from '../failures.ts';
import { bucketNamed, storeOf } from '../rows.ts';
import type { S3 } from '../client.ts';

/** A rule of a bucket for web pages of other origins. */
export interface CorsRow {
  readonly id: string | undefined;
  readonly methods: readonly string[];
  readonly origins: readonly string[];
  readonly headers: readonly string[];
  readonly exposed: readonly string[];
  /** For how many seconds a browser may remember the answer. */
  readonly maxAge: number | undefined;
}

const methods = new Set(['GET', 'PUT', 'POST', 'DELETE', 'HEAD']);
const mostRules = 100;

/** `PutBucketCors`, `GetBucketCors`, `DeleteBucketCors`. */
export function corsOperations(cloud: Cloud) {
  const stores = storeOf(cloud);
  return {
    PutBucketCors(input, { account }) {
      const store = stores(account);
      const row = bucketNamed(store, input);
      const rules = input.CORSConfiguration?.CORSRules ?? [];
      if (rules.length === 0 || rules.length > mostRules) throw malformedXml();
      store.buckets.set(row.name, { ...row, cors: rules.map(readRule) });
      return {};
    },
    GetBucketCors(input, { account }) {
      const { name, cors } = bucketNamed(stores(account), input);
      if (cors === undefined || cors === null) {
        throw new ServiceFailure('NoSuchCORSConfiguration', 'The CORS configuration does not exist', {
          status: 404,
          members: { BucketName: name },
        });
      }
      return { CORSRules: cors.map(shownRule) };
    },
    DeleteBucketCors(input, { account }) {
      const store = stores(account);
      const row = bucketNamed(store, input);
      store.buckets.set(row.name, { ...row, cors: null });
      return {};
    },
  } satisfies Operations<S3>;
}

function readRule(rule: CORSRule): CorsRow {
  const { AllowedMethods = [], AllowedOrigins = [], AllowedHeaders = [], ExposeHeaders = [] } = rule;
  if (AllowedMethods.length === 0 || AllowedOrigins.length === 0) throw malformedXml();
  const unknown = AllowedMethods.find((method) => !methods.has(method));
  if (unknown !== undefined) {
    throw invalidRequest(`Found unsupported HTTP method in CORS config. Unsupported method is ${unknown}`);
  }
  for (const [name, values] of [
    ['AllowedOrigin', AllowedOrigins],
    ['AllowedHeader', AllowedHeaders],
  ] as const) {
    const wild = values.find((value) => value.split('*').length > 2);
    if (wild !== undefined) throw invalidRequest(`${name} "${wild}" can not have more than one wildcard.`);
  }
  const exposedWild = ExposeHeaders.find((value) => value.includes('*'));
  if (exposedWild !== undefined) {
    throw invalidRequest(
      `ExposeHeader "${exposedWild}" contains wildcard. We currently do not support wildcard for ExposeHeader.`,
    );
  }
  return {
    id: rule.ID,
    methods: AllowedMethods,
    origins: AllowedOrigins,
    headers: AllowedHeaders,
    exposed: ExposeHeaders,
    maxAge: rule.MaxAgeSeconds,
  };
}

function shownRule({ id, methods: allowed, origins, headers, exposed, maxAge }: CorsRow): CORSRule {
  return {
    ...(id !== undefined && { ID: id }),
    AllowedMethods: [...allowed],
    AllowedOrigins: [...origins],
    ...(headers.length > 0 && { AllowedHeaders: [...headers] }),
    ...(exposed.length > 0 && { ExposeHeaders: [...exposed] }),
    ...(maxAge !== undefined && { MaxAgeSeconds: maxAge }),
  };
}
