import { TemplateFailure } from '../template/failure.ts';
import type { DeclaredResource, Output } from '../template/model.ts';
import type { Json } from '../../../state/state.ts';
import type { Context } from './context.ts';
import type { Value } from './unknown.ts';

/**
 * Works out every function in the value. Dynamic references stay in the texts: see `dynamic-references.ts`.
 * Whatever depends on a resource that does not exist yet is `UNKNOWN`; undefined is `AWS::NoValue`.
 * @throws TemplateFailure where a function asks for what is not there
 */
export function evaluate(value: Json, context: Context): Value | undefined {
  throw new TemplateFailure(`Not yet: ${JSON.stringify([value, context.parameters])}`);
}

/** The resource's properties, worked out. @throws TemplateFailure */
export function evaluatedProperties(
  resource: DeclaredResource,
  context: Context,
): Readonly<Record<string, Value>> {
  return evaluate(resource.properties, context) as Readonly<Record<string, Value>>;
}

export interface EvaluatedOutput {
  /** A text, since outputs are nothing else; or unknown. */
  readonly value: Value;
  readonly exportName: string | undefined;
}

/** An output's value and the name it is exported by. @throws TemplateFailure where the value is no text */
export function evaluatedOutput(name: string, output: Output, context: Context): EvaluatedOutput {
  return { value: evaluate(output.value, context) ?? name, exportName: undefined };
}
