import type { WireAnswer, WireRequest } from '../wire/wire.ts';
import type { Requester } from '../policy/policy.ts';
import type { Call, Principal } from './call.ts';

/** A permission that a call needs. */
export interface Need {
  /** For example `s3:GetObject`. */
  readonly action: string;
  /** ARN */
  readonly resource: string;
}

/** What the policy of a resource is asked. */
export interface ResourceQuestion extends Need {
  readonly call: Call;
  readonly requester: Requester;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What else than the caller's own policies decides on calls of a service. */
export interface ResourceAccess {
  /**
   * What the named resource's own policy says; `silent` where it has none or says nothing of the request. Absent where
   * resources have no policies that IAM asks.
   */
  decide?(question: ResourceQuestion): 'allow' | 'explicitDeny' | 'silent';
  /** What a call needs besides the permission of its own name, for example to read what it copies. */
  further?(call: Call, input: Readonly<Record<string, unknown>>): readonly Need[];
  /** Condition keys of the service for a call: `s3:prefix`. */
  context?(call: Call, input: Readonly<Record<string, unknown>>): Readonly<Record<string, string>>;
  /** The account whose resource a request without a signature names, if that resource is open to strangers at all. */
  ownerOf?(request: Omit<WireRequest, 'body'>): string | undefined;
}

/** What web pages of other origins may do with a service's resources, where a student has said so. */
export interface PageAccess {
  /** The answer to a browser that asks first; undefined: the service knows nothing of what is named. */
  preflight(head: Omit<WireRequest, 'body'>, requestId: string): WireAnswer | undefined;
  /** Headers that let the page read the answer; undefined: it may not even ask. */
  headers(head: Omit<WireRequest, 'body'>): Readonly<Record<string, string>> | undefined;
}

/** What a service asks the server about a form that a browser posts with a signature among its fields. */
export interface FormGate {
  /** @throws ServiceFailure for an unknown key or a session that has ended */
  principal(accessKeyId: string, sessionToken: string | undefined): Principal;
  /**
   * Whether a signature over a text is right; always so where the cloud takes signatures by their shape.
   * @param scope `date/region/service/aws4_request` of the credential
   */
  signed(
    key: { readonly accessKeyId: string; readonly sessionToken: string | undefined; readonly scope: string },
    text: string,
    signature: string,
  ): boolean;
  /** The host's time at which something was signed, as far as that can be told from the time in its signature. */
  signedAt(signature: string, told: number): number;
  /** ms that have passed in the cloud since the host's time was this. */
  since(hostTime: number): number;
  /** Decides on an operation as on a call, and records it; then does the work. @throws ServiceFailure */
  perform<T>(
    who: { readonly principal: Principal; readonly region: string },
    operation: string,
    input: Readonly<Record<string, unknown>>,
    work: (call: Call) => Promise<T>,
  ): Promise<T>;
}

/** Answers forms of browsers. @throws ServiceFailure, which the server answers in the service's protocol */
export type Forms = (request: WireRequest, gate: FormGate) => Promise<WireAnswer>;

/** Who calls without a signature, for resources of an account. */
export function stranger(account: string): Principal {
  return { kind: 'root', account, arn: 'anonymous', accessKeyId: '' };
}
export function isStranger({ accessKeyId }: Principal): boolean {
  return accessKeyId === '';
}
