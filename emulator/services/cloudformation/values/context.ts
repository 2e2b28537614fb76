import type { Json } from '../../../state/state.ts';
import type { Template } from '../template/model.ts';
import type { Value } from './unknown.ts';

/** What a parameter is worth: lists are the `List<…>` types and `CommaDelimitedList`. */
export type ParameterValue = string | readonly string[];

/** Values of the parameters of AWS itself. */
export interface Pseudo {
  readonly 'AWS::AccountId': string;
  readonly 'AWS::NotificationARNs': readonly string[];
  readonly 'AWS::Partition': string;
  readonly 'AWS::Region': string;
  readonly 'AWS::StackId': string;
  readonly 'AWS::StackName': string;
  readonly 'AWS::URLSuffix': string;
}

/** A resource that exists: what `Ref` and `Fn::GetAtt` give of it. */
export interface ExistingResource {
  readonly id: Value;
  /** By dotted name, such as `Endpoint.Address`; a value may also be a map that the rest of the name leads into. */
  readonly attributes: Readonly<Record<string, Value | Json | undefined>>;
}

/** What conditions and rules are worked out with: no resource can stand in them. */
export interface EarlyContext {
  readonly template: Pick<Template, 'mappings' | 'conditions'>;
  readonly parameters: ReadonlyMap<string, ParameterValue>;
  readonly pseudo: Pseudo;
}

/** What functions are worked out with. */
export interface Context extends EarlyContext {
  readonly template: Template;
  /** Of every condition of the template whether it holds: {@link conditionsOf}. */
  readonly conditions: ReadonlyMap<string, boolean>;
  /** The resource with that logical id; undefined where it does not exist yet, which makes the value unknown. */
  resource(logicalId: string): ExistingResource | undefined;
  /** The value of an export of the region; undefined where there is none of that name. */
  exported(name: string): string | undefined;
}
