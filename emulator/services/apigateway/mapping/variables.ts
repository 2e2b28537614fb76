import type { Values } from '../../../gateway/values.ts';
import type { RequestContext } from '../execution/exchange.ts';

export { at, valuesOf, written } from '../../../gateway/values.ts';

/** What templates, parameter mappings and gateway responses may read of one request. */
export interface Variables {
  readonly context: RequestContext;
  readonly stageVariables: Readonly<Record<string, string>>;
  /** The method's request, as the client sent it. */
  readonly request: RequestValues;
}

export interface RequestValues {
  readonly headers: Values;
  /** Decoded. */
  readonly query: Values;
  /** What stood where the resource's path has `{name}`; decoded. */
  readonly path: Readonly<Record<string, string>>;
  readonly body: string;
}
