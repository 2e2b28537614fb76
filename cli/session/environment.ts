import { join } from 'node:path';

/** What a student's own script, shell or SDK is given: nothing but what the AWS SDKs and the CLI read themselves. */
export interface TargetEnvironment {
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of credentials that a role was given. */
  readonly sessionToken?: string;
}

/** The account and region of the embedded cloud for one student on one machine. */
export const localAccount = {
  region: 'us-east-1',
  accessKeyId: '000000000000',
  secretAccessKey: 'coldstart',
} as const;

/** A file that is never there, for tools that would read the student's own settings of AWS. */
export const noSuchConfig = (home: string): string => join(home, 'no-such-aws-config');

/**
 * An environment in which every AWS tool reaches the target and nothing else. Whatever the student's own shell
 * says of AWS is left out: a profile, an `AWS_ENDPOINT_URL_LAMBDA` or an
 * `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` would otherwise win and reach a real account
 * (SDK reference guide, "Service-specific endpoints").
 */
export function targetEnvironment(
  target: TargetEnvironment,
  base: NodeJS.ProcessEnv,
  home: string,
): NodeJS.ProcessEnv {
  const kept = Object.entries(base).filter(([name]) => !name.startsWith('AWS_'));
  const nowhere = noSuchConfig(home);
  return {
    ...Object.fromEntries(kept),
    AWS_ENDPOINT_URL: target.endpoint,
    AWS_REGION: target.region,
    AWS_DEFAULT_REGION: target.region,
    AWS_ACCESS_KEY_ID: target.accessKeyId,
    AWS_SECRET_ACCESS_KEY: target.secretAccessKey,
    ...(target.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: target.sessionToken }),
    AWS_CONFIG_FILE: nowhere,
    AWS_SHARED_CREDENTIALS_FILE: nowhere,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}

/**
 * An environment in which the AWS SDKs and the AWS CLI try again for as long as a busy account makes them wait. By
 * themselves they try three times, which is soon over where API Gateway takes one deployment in five seconds
 * (SDK reference guide, "Retry behavior"). Whoever has chosen otherwise is left alone.
 */
export function patient(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    ...env,
    AWS_MAX_ATTEMPTS: env.AWS_MAX_ATTEMPTS ?? '16',
    AWS_RETRY_MODE: env.AWS_RETRY_MODE ?? 'standard',
  };
}
