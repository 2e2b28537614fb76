import type { CORSRule } from '@aws-sdk/client-s3';
import { shaped } from '../translate/shaped.ts';
import { lifecycleRead, lifecycleRules, type CfnRule } from './lifecycle-rules.ts';
import type { Setting } from './setting.ts';

/** Whether older versions of objects are kept. */
export const versioning: Setting = {
  put: (Bucket, value, work) =>
    work.call('s3', 'PutBucketVersioning', {
      Bucket,
      VersioningConfiguration: shaped<{ Status: 'Enabled' | 'Suspended' }>(value),
    }),
  // A bucket that had versions never is as if it had none again.
  drop: (Bucket, work) =>
    work.call('s3', 'PutBucketVersioning', { Bucket, VersioningConfiguration: { Status: 'Suspended' } }),
  async read(Bucket, work) {
    const { Status } = await work.call('s3', 'GetBucketVersioning', { Bucket });
    return Status === undefined ? undefined : { Status };
  },
};

/** When objects end. */
export const lifecycle: Setting = {
  put: (Bucket, value, work) =>
    work.call('s3', 'PutBucketLifecycleConfiguration', {
      Bucket,
      LifecycleConfiguration: {
        Rules: lifecycleRules(shaped<{ readonly Rules: readonly CfnRule[] }>(value).Rules),
      },
    }),
  drop: (Bucket, work) => work.call('s3', 'DeleteBucketLifecycle', { Bucket }),
  read: async (Bucket, work) =>
    lifecycleRead((await work.call('s3', 'GetBucketLifecycleConfiguration', { Bucket })).Rules ?? []),
};

interface CfnCorsRule {
  readonly AllowedHeaders?: string[];
  readonly AllowedMethods: string[];
  readonly AllowedOrigins: string[];
  readonly ExposedHeaders?: string[];
  readonly Id?: string;
  readonly MaxAge?: number;
}

/** Which web pages of other origins may use a bucket. */
export const cors: Setting = {
  put: (Bucket, value, work) =>
    work.call('s3', 'PutBucketCors', {
      Bucket,
      CORSConfiguration: {
        CORSRules: shaped<{ readonly CorsRules: readonly CfnCorsRule[] }>(value).CorsRules.map(
          ({ ExposedHeaders, Id, MaxAge, ...rest }): CORSRule => ({
            ...rest,
            ...(ExposedHeaders !== undefined && { ExposeHeaders: ExposedHeaders }),
            ...(Id !== undefined && { ID: Id }),
            ...(MaxAge !== undefined && { MaxAgeSeconds: MaxAge }),
          }),
        ),
      },
    }),
  drop: (Bucket, work) => work.call('s3', 'DeleteBucketCors', { Bucket }),
  async read(Bucket, work) {
    const { CORSRules = [] } = await work.call('s3', 'GetBucketCors', { Bucket });
    const CorsRules = CORSRules.map(({ ExposeHeaders, ID, MaxAgeSeconds, ...rest }) => ({
      ...rest,
      ...(ExposeHeaders !== undefined && { ExposedHeaders: ExposeHeaders }),
      ...(ID !== undefined && { Id: ID }),
      ...(MaxAgeSeconds !== undefined && { MaxAge: MaxAgeSeconds }),
    }));
    return { CorsRules };
  },
};
