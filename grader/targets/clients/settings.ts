import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types';
import type { Marks } from '../marks/marks.ts';

/** What every client of a target is made with. */
export interface ClientSettings {
  readonly region: string;
  /** Absent on AWS. */
  readonly endpoint?: string;
  /** Absent on AWS: then the SDK's own chain finds them. */
  readonly credentials?: AwsCredentialIdentity | AwsCredentialIdentityProvider;
  readonly maxAttempts: number;
  /** Whether answers may lag behind what was made, as those of a real account may. */
  readonly lags: boolean;
  /** What everything that is made carries; absent but on a real account. */
  readonly marks?: Marks;
  readonly requestHandler: {
    readonly connectionTimeout: number;
    readonly requestTimeout: number;
    readonly throwOnRequestTimeout: true;
  };
}

/** What one client is made with. */
export type MadeWith = Omit<ClientSettings, 'lags' | 'marks'>;
