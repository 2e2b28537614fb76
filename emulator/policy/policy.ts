/** The version of the policy language. Variables such as `${aws:username}` exist from 2012-10-17 on. */
export type PolicyVersion = '2008-10-17' | '2012-10-17';

/** A policy document, read and checked. */
export interface Policy {
  readonly version: PolicyVersion;
  readonly id: string | undefined;
  readonly statements: readonly Statement[];
}

export interface Statement {
  readonly sid: string | undefined;
  readonly effect: 'Allow' | 'Deny';
  /** Absent in identity policies: whoever holds the policy. */
  readonly principals: Selection<PrincipalElement> | undefined;
  readonly actions: Selection<string>;
  /** Absent in trust policies: the role itself. */
  readonly resources: Selection<string> | undefined;
  readonly conditions: readonly Condition[];
}

/** `Action` or `NotAction`, `Resource` or `NotResource`, `Principal` or `NotPrincipal`. */
export interface Selection<Element> {
  readonly negated: boolean;
  readonly elements: readonly Element[];
}

export interface PrincipalElement {
  /** `Any` is `"Principal": "*"`, which AWS takes as `{"AWS": "*"}`. */
  readonly type: 'Any' | 'AWS' | 'Service' | 'Federated' | 'CanonicalUser';
  readonly value: string;
}

/** One key of one operator: all conditions of a statement must hold, any one value of a condition suffices. */
export interface Condition {
  readonly operator: ConditionOperator;
  /** `ForAllValues:` and `ForAnyValue:` for keys that hold several values. */
  readonly quantifier: 'ForAllValues' | 'ForAnyValue' | undefined;
  readonly ifExists: boolean;
  /** As written; keys are compared without regard to case. */
  readonly key: string;
  readonly values: readonly string[];
}

export const conditionOperators = [
  'StringEquals',
  'StringNotEquals',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
  'StringLike',
  'StringNotLike',
  'NumericEquals',
  'NumericNotEquals',
  'NumericLessThan',
  'NumericLessThanEquals',
  'NumericGreaterThan',
  'NumericGreaterThanEquals',
  'DateEquals',
  'DateNotEquals',
  'DateLessThan',
  'DateLessThanEquals',
  'DateGreaterThan',
  'DateGreaterThanEquals',
  'Bool',
  'BinaryEquals',
  'IpAddress',
  'NotIpAddress',
  'ArnEquals',
  'ArnLike',
  'ArnNotEquals',
  'ArnNotLike',
  'Null',
] as const;
export type ConditionOperator = (typeof conditionOperators)[number];

/** Who asks. */
export type Requester =
  | {
      readonly kind: 'aws';
      readonly account: string;
      /** The caller's own ARN: a user's, the root's or a role session's. */
      readonly arn: string;
      /** The role behind a session, which policies name more often than the session. */
      readonly roleArn?: string;
    }
  | { readonly kind: 'service'; readonly name: string }
  | { readonly kind: 'federated'; readonly provider: string }
  | { readonly kind: 'anonymous' };

/** What is asked. */
export interface AccessRequest {
  /** Needed for policies that name principals; identity policies do not look at it. */
  readonly requester?: Requester;
  /** For example `lambda:InvokeFunction`. */
  readonly action: string;
  /** Undefined where the resource is not known: then any `Resource` matches and no `NotResource` does. */
  readonly resource: string | undefined;
  /** Condition keys such as `aws:SourceArn`; several values only for keys that hold several. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

/** The outcome of policies for a request. */
export interface Decision {
  readonly decision: 'allow' | 'explicitDeny' | 'implicitDeny';
  /** The statement that decided, and the index of its policy among those that were given. */
  readonly statement?: Statement;
  readonly policy?: number;
  /**
   * On `allow` by a policy that names principals: whether only the requester's whole account is named. Such a
   * statement hands the decision to that account's own identity policies.
   */
  readonly delegated?: boolean;
}
