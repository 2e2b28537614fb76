import type { ApiDefinition, ApiDetails } from '../definition/definition.ts';

/** An API as it is kept: its routes and integrations are rows of their own, so that an edit of one writes no other. */
export interface ApiRow {
  readonly api: Omit<ApiDefinition, 'routes' | 'integrations'>;
  readonly details: ApiDetails;
}

/** A deployment without the copy of the API that it keeps: that is a row of its own, written once. */
export interface DeploymentRow {
  readonly id: string;
  readonly autoDeployed: boolean;
  readonly description?: string | undefined;
  /** ms since 1970 */
  readonly createdAt: number;
}
