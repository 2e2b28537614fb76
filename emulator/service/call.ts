import type { TrailId } from '../trail/trail.ts';

/** An account and a region: what every resource belongs to. */
export interface Scope {
  /** Twelve digits. */
  readonly account: string;
  /** For example `us-east-1`. */
  readonly region: string;
}

/** Who calls. `root` is a student's own key; `role` is a session, for example that of a running function. */
export type Principal =
  | { readonly kind: 'root'; readonly account: string; readonly arn: string; readonly accessKeyId: string }
  | {
      readonly kind: 'role';
      readonly account: string;
      readonly arn: string;
      readonly accessKeyId: string;
      readonly roleName: string;
      readonly sessionName: string;
    };

/** One request to an operation, as the operation sees it. */
export interface Call extends Scope {
  /** The id that the answer carries in `x-amzn-RequestId`. */
  readonly requestId: string;
  readonly principal: Principal;
  /** Service id and operation name, as in `lambda` and `CreateFunction`. */
  readonly service: string;
  readonly operation: string;
  /** Aborted when the client has gone. */
  readonly signal: AbortSignal;
  /** This request's entry in the trail; what follows from the request names it as its cause. */
  readonly trail: TrailId;
  /** `X-Amzn-Trace-Id` where the client sent one, as the SDK of a running function does: it joins what follows to what led to it. */
  readonly traceHeader?: string;
  /** Another service calls in the principal's name, no client: it may give tags that begin with `aws:`. */
  readonly inner?: true;
  /** The origin the client used, for example `http://127.0.0.1:4566`; addresses in answers are built on it. */
  readonly origin: string;
}
