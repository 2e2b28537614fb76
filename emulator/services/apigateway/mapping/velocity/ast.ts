/** A parsed template. */
export interface Program {
  readonly body: readonly Node[];
  readonly macros: ReadonlyMap<string, Macro>;
  /** The first names of all references: `input`, `context`, … */
  readonly names: ReadonlySet<string>;
}

export interface Macro {
  readonly parameters: readonly string[];
  readonly body: readonly Node[];
}

export type Node =
  | { readonly kind: 'text'; readonly text: string }
  | Reference
  | { readonly kind: 'if'; readonly branches: readonly Branch[]; readonly otherwise: readonly Node[] }
  | Foreach
  | { readonly kind: 'set'; readonly target: Reference; readonly value: Expression }
  | { readonly kind: 'define'; readonly name: string; readonly body: readonly Node[] }
  | Call
  | { readonly kind: 'evaluate'; readonly value: Expression }
  | { readonly kind: 'break' }
  | { readonly kind: 'stop' };

export interface Branch {
  readonly condition: Expression;
  readonly body: readonly Node[];
}

export interface Foreach {
  readonly kind: 'foreach';
  readonly name: string;
  readonly source: Expression;
  readonly body: readonly Node[];
}

export interface Call {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly Expression[];
  readonly body: readonly Node[] | undefined;
}

export interface Reference {
  readonly kind: 'reference';
  readonly name: string;
  readonly path: readonly Step[];
}

export type Step =
  | { readonly kind: 'property'; readonly name: string }
  | { readonly kind: 'method'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'index'; readonly key: Expression };

export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | bigint | boolean | null }
  | { readonly kind: 'double'; readonly value: number }
  | { readonly kind: 'interpolated'; readonly body: readonly Node[] }
  | Reference
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [Expression, Expression])[] }
  | { readonly kind: 'range'; readonly from: Expression; readonly to: Expression }
  | { readonly kind: 'not'; readonly value: Expression }
  | { readonly kind: 'negate'; readonly value: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: Operator;
      readonly left: Expression;
      readonly right: Expression;
    };

export type Operator = '||' | '&&' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '%';
