import { MalformedPolicy, parsePolicy } from '../../../../policy/parse.ts';
import type { Policy } from '../../../../policy/policy.ts';
import type { ApiDefinition } from '../../definition/definition.ts';
import { RequestValidation } from '../../validation/request.ts';
import { Routes } from '../routes/tree.ts';
import { binaryTypes, type IsBinary } from './binary.ts';

/** A deployment made ready to serve. */
export interface CompiledApi {
  readonly definition: ApiDefinition;
  readonly routes: Routes;
  readonly validation: RequestValidation;
  readonly isBinary: IsBinary;
  /** `unreadable` denies everything, as a policy that nobody can read must. */
  readonly policy: Policy | 'unreadable' | undefined;
}

const compiled = new WeakMap<ApiDefinition, CompiledApi>();

/** Once for each deployment, which never changes. */
export function compiledApi(definition: ApiDefinition): CompiledApi {
  let api = compiled.get(definition);
  if (api === undefined) {
    api = {
      definition,
      routes: new Routes(definition),
      validation: new RequestValidation(definition),
      isBinary: binaryTypes(definition.binaryMediaTypes),
      policy: policyOf(definition.policy),
    };
    compiled.set(definition, api);
  }
  return api;
}

function policyOf(text: string | undefined): CompiledApi['policy'] {
  if (text === undefined || text.trim() === '') return undefined;
  try {
    return parsePolicy(text, 'resource');
  } catch (error) {
    if (error instanceof MalformedPolicy) return 'unreadable';
    throw error;
  }
}
