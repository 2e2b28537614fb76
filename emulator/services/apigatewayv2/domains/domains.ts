import type { DomainName, DomainNameConfiguration } from '@aws-sdk/client-apigatewayv2';
import { badRequest, conflict, notBuilt } from '../../../gateway/failures.ts';
import { drawId } from '../../../gateway/ids.ts';
import { checkTags } from '../../../gateway/tags.ts';
import type { DomainRow, DomainStore } from '../../apigateway/domains/domain-store.ts';
import { changed } from '../changes.ts';
import type { ApiGatewayV2Operations } from '../client.ts';
import { itemsOf } from '../paging.ts';

/**
 * `CreateDomainName`, `GetDomainName(s)`, `UpdateDomainName`, `DeleteDomainName`: the same names that version one
 * of the API has.
 * @param domains loaded at the first use
 */
export function domainOperations(domains: () => Promise<DomainStore>) {
  return {
    async CreateDomainName({ DomainName: name = '', DomainNameConfigurations = [], ...more }, call) {
      const store = await domains();
      const [configuration] = DomainNameConfigurations;
      if (!/^(\*\.)?([a-z0-9-]+\.)+[a-z0-9-]+$/.test(name)) throw badRequest('Invalid domain name specified');
      checkConfiguration(configuration);
      if (more.MutualTlsAuthentication !== undefined) throw notBuilt('mutual TLS');
      if (more.RoutingMode !== undefined && more.RoutingMode !== 'API_MAPPING_ONLY')
        throw notBuilt('routing rules');
      if (store.scopeOf(name) !== undefined) throw conflict('The domain name you provided already exists.');
      const domain: DomainRow = {
        domainName: name,
        domainNameArn: `arn:aws:apigateway:${call.region}::/domainnames/${name}`,
        regionalDomainName: `d-${drawId(10, () => false)}.execute-api.${call.region}.amazonaws.com`,
        ...certificate(configuration),
        endpointConfiguration: {
          types: ['REGIONAL'],
          ipAddressType: configuration?.IpAddressType ?? 'ipv4',
        },
        domainNameStatus: 'AVAILABLE',
        routingMode: 'BASE_PATH_MAPPING_ONLY',
        createdAt: store.cloud.clock.now(),
        ...(more.Tags !== undefined && { tags: checkTags(call, more.Tags) }),
      };
      store.set(call, domain);
      return shown(domain);
    },
    async GetDomainName({ DomainName: name }, call) {
      return shown((await domains()).named(call, name));
    },
    async GetDomainNames(page, call) {
      return itemsOf((await domains()).all(call), ({ domainName }) => domainName, shown, page);
    },
    async UpdateDomainName({ DomainName: name, DomainNameConfigurations }, call) {
      const store = await domains();
      const before = store.named(call, name);
      const [configuration] = DomainNameConfigurations ?? [];
      if (DomainNameConfigurations !== undefined) checkConfiguration(configuration);
      const domain = changed(before, configuration === undefined ? {} : certificate(configuration));
      store.set(call, domain);
      return shown(domain);
    },
    async DeleteDomainName({ DomainName: name }, call) {
      const store = await domains();
      store.delete(call, store.named(call, name).domainName);
      return {};
    },
  } satisfies ApiGatewayV2Operations;
}

function checkConfiguration(configuration: DomainNameConfiguration | undefined): void {
  if (configuration?.CertificateArn === undefined)
    throw badRequest('You must specify a regional certificate for a regional custom domain name');
  if (configuration.EndpointType !== undefined && configuration.EndpointType !== 'REGIONAL')
    throw badRequest('Only REGIONAL endpoint type is supported for custom domain names of this version');
}

function certificate(configuration: DomainNameConfiguration | undefined): Partial<DomainRow> {
  const { CertificateArn, CertificateName, SecurityPolicy = 'TLS_1_2' } = configuration ?? {};
  return {
    regionalCertificateArn: CertificateArn,
    regionalCertificateName: CertificateName,
    securityPolicy: SecurityPolicy,
  };
}

function shown(domain: DomainRow): DomainName {
  const { endpointConfiguration = {}, securityPolicy } = domain;
  const [EndpointType = 'REGIONAL'] = endpointConfiguration.types ?? [];
  return {
    ApiMappingSelectionExpression: '$request.basepath',
    DomainName: domain.domainName,
    DomainNameArn: domain.domainNameArn,
    DomainNameConfigurations: [
      {
        ApiGatewayDomainName: domain.regionalDomainName ?? domain.distributionDomainName,
        CertificateArn: domain.regionalCertificateArn ?? domain.certificateArn,
        CertificateName: domain.regionalCertificateName ?? domain.certificateName,
        CertificateUploadDate: new Date(domain.createdAt),
        DomainNameStatus: 'AVAILABLE',
        EndpointType: EndpointType === 'EDGE' ? 'EDGE' : 'REGIONAL',
        IpAddressType: endpointConfiguration.ipAddressType,
        SecurityPolicy: securityPolicy === 'TLS_1_0' ? 'TLS_1_0' : 'TLS_1_2',
      },
    ],
    RoutingMode: 'API_MAPPING_ONLY',
    Tags: { ...domain.tags },
  };
}
