import type { BasePathMapping, DomainName } from '@aws-sdk/client-api-gateway';
import type { Cloud } from '../../../cloud.ts';
import type { Scope } from '../../../service/call.ts';
import type { Table } from '../../../state/state.ts';
import { noSuch } from '../../../gateway/failures.ts';
import { OwnedRows } from '../../../gateway/owned-rows.ts';
import type { Tags } from '../../../gateway/tags.ts';

/** A custom domain name as it is kept. */
export type DomainRow = Omit<DomainName, 'domainName' | 'certificateUploadDate' | 'tags'> & {
  readonly domainName: string;
  /** ms since 1970 */
  readonly createdAt: number;
  readonly tags?: Tags | undefined;
};

/** A base path and where it leads; `(none)` is kept as AWS shows it. */
export type MappingRow = BasePathMapping & {
  readonly basePath: string;
  /** Of a REST API, or of an HTTP or WebSocket API that version two of the API has mapped. */
  readonly restApiId: string;
  /** What version two of the API calls a mapping that it made. */
  readonly apiMappingId?: string;
};

/** What AWS calls the mapping without a base path. */
export const NO_PATH = '(none)';

/** Custom domain names and their base paths. */
export class DomainStore {
  readonly cloud: Cloud;
  readonly mappings: OwnedRows<MappingRow>;
  readonly #domains: Table<DomainRow>;
  /** A name has one owner in the whole cloud. */
  readonly #scopes = new Map<string, Scope>();

  constructor(cloud: Cloud) {
    this.cloud = cloud;
    this.#domains = cloud.state.table<DomainRow>('apigateway.domains');
    this.mappings = new OwnedRows(cloud.state.table<MappingRow>('apigateway.mappings'));
    for (const scope of this.#domains.scopes())
      for (const [name] of this.#domains.in(scope).entries()) this.#scopes.set(name, scope);
  }

  scopeOf(name: string): Scope | undefined {
    return this.#scopes.get(name);
  }

  /** @throws NotFoundException */
  named(scope: Scope, name: string | undefined = ''): DomainRow {
    const domain = this.#domains.in(scope).get(name);
    if (domain === undefined) throw noSuch('domain name');
    return domain;
  }

  all(scope: Scope): DomainRow[] {
    return [...this.#domains.in(scope).values()];
  }

  set({ account, region }: Scope, domain: DomainRow): void {
    this.#domains.in({ account, region }).set(domain.domainName, domain);
    this.#scopes.set(domain.domainName, { account, region });
  }

  delete(scope: Scope, name: string): void {
    this.mappings.clear(scope, name);
    this.#domains.in(scope).delete(name);
    this.#scopes.delete(name);
  }
}
