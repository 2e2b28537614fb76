import { type Obj, isNothing, obj, said } from './json.ts';

/** A CloudFormation resource that a SAM resource becomes. */
export interface Made {
  readonly id: string;
  readonly type: string;
  readonly properties: Obj;
  readonly attributes: Obj;
}

export const made = (id: string, type: string, properties: Obj, attributes: Obj = {}): Made => ({
  id,
  type,
  properties: said(properties),
  attributes,
});

/** A SAM resource that is being transformed. */
export interface Source {
  readonly id: string;
  readonly type: string;
  readonly properties: Obj;
  /** All that its author wrote beside the properties, for the resource that stands in its place. */
  readonly attributes: Obj;
  /** The part of it that resources made along with it get too. */
  readonly passed: Obj;
}

export function sourceOf(id: string, resource: Obj): Source {
  return {
    id,
    type: String(resource['Type']),
    properties: said(obj(resource['Properties'])),
    attributes: picked(resource, [
      'DependsOn',
      'DeletionPolicy',
      'UpdatePolicy',
      'Condition',
      'UpdateReplacePolicy',
      'Metadata',
    ]),
    passed: picked(resource, ['Condition', 'DeletionPolicy', 'UpdateReplacePolicy']),
  };
}

export const picked = (from: Obj, names: readonly string[]): Obj =>
  Object.fromEntries(names.flatMap((name) => (isNothing(from[name]) ? [] : [[name, from[name]]])));

export const written = (resource: Made): Obj => ({
  Type: resource.type,
  ...resource.attributes,
  Properties: resource.properties,
});
