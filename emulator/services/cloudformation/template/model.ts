import type { Json } from '../../../state/state.ts';

/** A map of JSON: what stands between two braces of a template. */
export type JsonMap = Readonly<Record<string, Json>>;

/** A part of a template by its members' names, in the order in which they stand there. */
export type Section<T> = ReadonlyMap<string, T>;

/** A template whose structure is right: of each part it is known what may stand there. */
export interface Template {
  readonly description: string | undefined;
  readonly metadata: JsonMap | undefined;
  /** Names of macros, in the order in which they run; empty once they have run. */
  readonly transforms: readonly string[];
  readonly parameters: Section<DeclaredParameter>;
  readonly mappings: Section<Section<Section<Json>>>;
  /** Each a function of conditions: `Fn::Equals`, `Fn::And`, … */
  readonly conditions: Section<Json>;
  readonly rules: Section<Rule>;
  readonly resources: Section<DeclaredResource>;
  readonly outputs: Section<Output>;
}

/** A parameter as the template declares it. Lengths and values are numbers whether they were written as text or not. */
export interface DeclaredParameter {
  readonly type: string;
  readonly default: string | undefined;
  readonly description: string | undefined;
  readonly noEcho: boolean;
  readonly allowedPattern: string | undefined;
  readonly allowedValues: readonly string[] | undefined;
  readonly constraintDescription: string | undefined;
  readonly minLength: number | undefined;
  readonly maxLength: number | undefined;
  readonly minValue: number | undefined;
  readonly maxValue: number | undefined;
}

export type DeletionPolicy = 'Delete' | 'Retain' | 'RetainExceptOnCreate' | 'Snapshot';
export type UpdateReplacePolicy = 'Delete' | 'Retain' | 'Snapshot';

/** A resource as the template declares it; functions in its properties are not worked out. */
export interface DeclaredResource {
  readonly type: string;
  readonly properties: JsonMap;
  readonly dependsOn: readonly string[];
  /** The name of a condition of the template. */
  readonly condition: string | undefined;
  readonly deletionPolicy: DeletionPolicy | undefined;
  readonly updateReplacePolicy: UpdateReplacePolicy | undefined;
  readonly creationPolicy: Json | undefined;
  readonly updatePolicy: Json | undefined;
  readonly metadata: Json | undefined;
}

export interface Output {
  readonly value: Json;
  readonly description: string | undefined;
  readonly condition: string | undefined;
  /** The name of the export, a text or a function; undefined where the output is not exported. */
  readonly exportName: Json | undefined;
}

/** Assertions about the parameters' values, which hold wherever the rule's condition does. */
export interface Rule {
  readonly condition: Json | undefined;
  readonly assertions: readonly Assertion[];
}

export interface Assertion {
  readonly assert: Json;
  readonly description: string | undefined;
}
