import type { ApiDefinition } from '../../definition/definition.ts';

export interface ImportOptions {
  /** What the API is before: for a new API, one with only a root. */
  readonly existing: ApiDefinition;
  /** `merge` keeps what the document does not name; `overwrite` does not. */
  readonly mode: 'merge' | 'overwrite';
  /** What happens to the document's base path. */
  readonly basePath: 'ignore' | 'prepend' | 'split';
  readonly failOnWarnings: boolean;
  /** `endpointConfigurationTypes` of the request. */
  readonly endpointTypes?: readonly ('EDGE' | 'REGIONAL' | 'PRIVATE')[] | undefined;
  /** A new id of a resource, model, authorizer or validator. */
  readonly newId: () => string;
}

export interface Imported {
  readonly definition: ApiDefinition;
  /** As `RestApi.warnings` tells them. */
  readonly warnings: readonly string[];
}
