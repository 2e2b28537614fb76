/** One statement of a function's resource-based policy, member for member as AWS writes it. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Principal: '*' | { readonly Service: string } | { readonly AWS: string };
  readonly Action: string;
  readonly Resource: string;
  readonly Condition?: Conditions;
}
export interface Conditions {
  readonly StringEquals?: Readonly<Record<string, string>>;
  readonly ArnLike?: Readonly<Record<string, string>>;
  readonly Bool?: Readonly<Record<string, string>>;
}
