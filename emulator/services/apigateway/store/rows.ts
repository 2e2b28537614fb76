import type { ApiDefinition, RestApiDetails } from '../definition/definition.ts';

/** A REST API as it is kept: its resources are rows of their own, so that an edit of one writes no other. */
export interface ApiRow {
  readonly api: Omit<ApiDefinition, 'resources'>;
  readonly details: RestApiDetails;
}

/** A deployment without the copy of the API that it keeps: that is a row of its own, written once. */
export interface DeploymentRow {
  readonly id: string;
  readonly description?: string | undefined;
  /** ms since 1970 */
  readonly createdAt: number;
}
