import type { Cloud } from '../cloud.ts';
import type { InputOf, Operations } from './operations.ts';
import type { Forms, PageAccess, ResourceAccess } from './access.ts';
import type { Scope } from './call.ts';
import type { WireAnswer, WireRequest } from '../wire/wire.ts';
import type { Door, Site } from './site.ts';

/** The wire protocols that AWS services speak. A service may be asked in any that it lists. */
export type Protocol = 'restJson1' | 'restXml' | 'awsJson1.0' | 'awsJson1.1' | 'awsQuery' | 'rpcv2Cbor';

/**
 * How requests for a service are recognised and encoded. A canary test compares these with what the installed
 * SDK client says of itself (`config.protocolSettings`), so they cannot drift.
 */
export interface WireIdentity {
  /** The folder's name, used in reports: `lambda`. */
  readonly id: string;
  /** The service in a SigV4 credential scope: `lambda`, `logs`, `iam`. */
  readonly signingName: string;
  /** The first is the one that an answer falls back to. */
  readonly protocols: readonly Protocol[];
  /** `X-Amz-Target` prefix and rpcv2Cbor service name: `Logs_20140328`. */
  readonly target: string;
  /** The awsQuery `Version` and the API version: `2010-05-08`. */
  readonly version: string;
  readonly xmlNamespace?: string;
  /** Beginnings of paths that are not the API's but addresses the service gives out, for example of a function's code. */
  readonly addresses?: readonly string[];
  /** Labels of hosts and paths below which students' own addresses lie: `lambda-url`, as in `<id>.lambda-url.us-east-1.localhost`. */
  readonly sites?: readonly string[];
  /**
   * The table whose keys are domain names of students' own: requests to those come to the service's site under the
   * label `domain`, with the name as their id. `*.example.com` stands for every name one part longer.
   */
  readonly domains?: string;
  /** Whether strangers and web pages of other origins may be served, where a resource was set up so. */
  readonly open?: boolean;
  /** Tables whose rows are work that waits: where one has any, the service is started with the cloud. */
  readonly waiting?: readonly string[];
}

/** What a member may hold, where the SDK's schema does not say: generated from the service's public model. */
export interface Limits {
  /** Dotted path of members from an operation's input: `CreateFunction` → `FunctionName`, `Code.S3Bucket`. */
  readonly [operation: string]: { readonly [memberPath: string]: Limit };
}
export interface Limit {
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
}

/** A service as the wire layer serves it. `Client` is the `typeof import('@aws-sdk/client-…')` of the service. */
export interface ServiceModule<Client, Port> {
  readonly wire: WireIdentity;
  /** The schema constants of the client (`CreateFunction$`, …): `import * as schemas from '@aws-sdk/client-…/dist-es/schemas/schemas_0.js'`. */
  readonly schemas: Readonly<Record<string, unknown>>;
  readonly limits: Limits;
  /** Makes the service for a cloud. Called once, at the first request or the first use by another service. */
  create(cloud: Cloud): RunningService<Client, Port>;
}

export interface RunningService<Client, Port> {
  readonly operations: Operations<Client>;
  /** What other services may ask of this one, inside the process. */
  readonly port: Port;
  /** The resource that a call names, for policy decisions about role sessions. Absent: any resource. */
  readonly resources?: {
    readonly [Name in keyof Operations<Client> & string]?: (
      input: InputOf<Client, Name>,
      scope: Scope,
    ) => string;
  };
  /** Operations that AWS serves unsigned. */
  readonly unsigned?: readonly string[];
  /** Members that are accepted and stored but have no effect here: shown on the coverage page. `Operation.Member` → reason. */
  readonly withoutEffect?: Readonly<Record<string, string>>;
  /**
   * Answers a plain HTTP request to one of {@link WireIdentity.addresses}. Such an address carries its own
   * signature: the server checks none, and the service answers what AWS would for a wrong or old one.
   */
  readonly visit?: (request: WireRequest) => Promise<WireAnswer>;
  /** Answers at {@link WireIdentity.sites}. */
  readonly site?: Site;
  /** Lets clients in that want to speak WebSocket at {@link WireIdentity.sites}. */
  readonly door?: Door;
  /** What else than the caller's own policies decides: policies of resources. */
  readonly access?: ResourceAccess;
  /** Where {@link WireIdentity.open} is set: what web pages of other origins may. */
  readonly pages?: PageAccess;
  /** Where {@link WireIdentity.open} is set: answers forms that carry their signature in a field. */
  readonly forms?: Forms;
  /** Ends every process, timer and stream of the service. */
  stop?(): Promise<void>;
}

/** Keeps a module's literal types while checking it against its client. */
export function defineService<Client, Port>(
  module: ServiceModule<Client, Port>,
): ServiceModule<Client, Port> {
  return module;
}
