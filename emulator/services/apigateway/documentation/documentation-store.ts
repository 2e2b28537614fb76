import type { DocumentationPartLocation } from '@aws-sdk/client-api-gateway';
import type { Cloud } from '../../../cloud.ts';
import type { Scope } from '../../../service/call.ts';
import { OwnedRows } from '../../../gateway/owned-rows.ts';

/** What is said of a part of an API. */
export interface PartRow {
  readonly id: string;
  readonly location: DocumentationPartLocation;
  /** JSON text. */
  readonly properties: string;
}

/** The parts as they were when the version was made. */
export interface VersionRow {
  readonly version: string;
  readonly description?: string | undefined;
  readonly parts: readonly PartRow[];
  /** ms since 1970 */
  readonly createdAt: number;
}

/** Documentation of APIs. */
export class DocumentationStore {
  readonly cloud: Cloud;
  readonly parts: OwnedRows<PartRow>;
  readonly versions: OwnedRows<VersionRow>;

  constructor(cloud: Cloud) {
    this.cloud = cloud;
    this.parts = new OwnedRows(cloud.state.table<PartRow>('apigateway.documentation-parts'));
    this.versions = new OwnedRows(cloud.state.table<VersionRow>('apigateway.documentation-versions'));
  }

  /** Forgets what was said of an API. */
  forget(scope: Scope, apiId: string): void {
    this.parts.clear(scope, apiId);
    this.versions.clear(scope, apiId);
  }
}
