import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types';

/** What every client of a target is made with. */
export interface ClientSettings {
  readonly region: string;
  /** Absent on AWS. */
  readonly endpoint?: string;
  /** Absent on AWS: then the SDK's own chain finds them. */
  readonly credentials?: AwsCredentialIdentity | AwsCredentialIdentityProvider;
  readonly maxAttempts: number;
  readonly requestHandler: {
    readonly connectionTimeout: number;
    readonly requestTimeout: number;
    readonly throwOnRequestTimeout: true;
  };
}
