import type { VpcLink } from '@aws-sdk/client-apigatewayv2';
import type { Cloud } from '../../../cloud.ts';
import type { Scope } from '../../../service/call.ts';
import type { Table } from '../../../state/state.ts';

/** A link as it is kept. */
export type VpcLinkRow = Omit<VpcLink, 'CreatedDate' | 'VpcLinkId' | 'Name'> & {
  readonly VpcLinkId: string;
  readonly Name: string;
  /** ms since 1970 */
  readonly createdAt: number;
};

/** Links to VPCs, by id. */
export class VpcLinkStore {
  readonly cloud: Cloud;
  readonly #links: Table<VpcLinkRow>;

  constructor(cloud: Cloud) {
    this.cloud = cloud;
    this.#links = cloud.state.table<VpcLinkRow>('apigatewayv2.vpc-links');
  }

  get(scope: Scope, id: string): VpcLinkRow | undefined {
    return this.#links.in(scope).get(id);
  }
  has(scope: Scope, id: string): boolean {
    return this.#links.in(scope).has(id);
  }
  all(scope: Scope): VpcLinkRow[] {
    return [...this.#links.in(scope).values()];
  }
  set(scope: Scope, link: VpcLinkRow): void {
    this.#links.in(scope).set(link.VpcLinkId, link);
  }
  delete(scope: Scope, id: string): void {
    this.#links.in(scope).delete(id);
  }
}
