import { domainOf, inner, mappedPaths } from '../domain/domain.ts';
import { type AliasTarget, records, regional } from '../domain/records.ts';
import { invalidResource } from '../failures.ts';
import { type Obj, getAtt, hashedId, isNothing, isObj, ref, said, truthy } from '../json.ts';
import { type Made, type Source, made } from '../made.ts';
import { type Work, nameFor } from '../work.ts';

const CLOUDFRONT_ZONE = 'Z2FDTNDATAQYW2';

/** `Domain` of a REST API: the name, what is mapped to it, and the records of it. */
export function domainResources(work: Work, source: Source, stage: Made): Made[] {
  const domain = domainOf(source);
  if (domain === undefined) return [];
  const fail = (reason: string): Error => invalidResource(source.id, reason);
  const name = domain['DomainName'];
  const endpoint = domain['EndpointConfiguration'] ?? 'REGIONAL';
  const edge = endpoint === 'EDGE';
  const hidden = endpoint === 'PRIVATE';
  const id = hashedId(hidden ? 'ApiGatewayDomainNameV2' : 'ApiGatewayDomainName', name);
  nameFor(work, source.id, hidden ? 'DomainNameV2' : 'DomainName', id);
  const tls = domain['MutualTlsAuthentication'];
  if (!isNothing(tls) && !isObj(tls))
    throw fail("Property 'Domain.MutualTlsAuthentication' should be a map.");
  if (!isNothing(domain['AccessAssociation']) && !isObj(domain['AccessAssociation']))
    throw fail("Property 'Domain.AccessAssociation' should be a map.");
  const resource = made(
    id,
    hidden ? 'AWS::ApiGateway::DomainNameV2' : 'AWS::ApiGateway::DomainName',
    {
      DomainName: name,
      [edge || hidden ? 'CertificateArn' : 'RegionalCertificateArn']: domain['CertificateArn'],
      EndpointConfiguration: said({ Types: [endpoint], IpAddressType: domain['IpAddressType'] }),
      MutualTlsAuthentication: isObj(tls) ? truthful(tls) : undefined,
      SecurityPolicy: domain['SecurityPolicy'],
      EndpointAccessMode: domain['EndpointAccessMode'],
      Policy: hidden ? domain['Policy'] : undefined,
      OwnershipVerificationCertificateArn: domain['OwnershipVerificationCertificateArn'],
    },
    { ...source.passed },
  );
  return [
    resource,
    ...mappings({ source, stage, domain, id, hidden }),
    ...records({
      work,
      source,
      domain,
      target: (route) => (hidden ? ofEndpoint(route) : edge ? distributed(route, id) : regional(id)),
    }),
  ];
}

const truthful = (value: Obj): Obj =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => truthy(one)));

/** The endpoint of a VPC through which a private domain is reached. */
const ofEndpoint = (route: Obj): AliasTarget => ({
  DNSName: route['VpcEndpointDomainName'],
  HostedZoneId: route['VpcEndpointHostedZoneId'],
});

/** The distribution of CloudFront before a domain at the edge. */
const distributed = (route: Obj, id: string): AliasTarget => ({
  DNSName: route['DistributionDomainName'] ?? getAtt(id, 'DistributionDomainName'),
  HostedZoneId: CLOUDFRONT_ZONE,
});

interface Mapping {
  readonly source: Source;
  readonly stage: Made;
  readonly domain: Obj;
  /** The logical id of the domain's name. */
  readonly id: string;
  /** Whether the domain is private. */
  readonly hidden: boolean;
}

function mappings({ source, stage, domain, id, hidden }: Mapping): Made[] {
  const basePath = (path: string | undefined): string | undefined => {
    if (path === undefined) return undefined;
    if (path === '/') return hidden ? '' : undefined;
    return truthy(domain['NormalizeBasePath'] ?? true)
      ? inner(path).replace(/[^0-9a-zA-Z/\-_:.]+/g, '')
      : path;
  };
  return mappedPaths(source, domain).map(({ suffix, path }) =>
    made(
      `${source.id}${suffix}BasePathMapping`,
      hidden ? 'AWS::ApiGateway::BasePathMappingV2' : 'AWS::ApiGateway::BasePathMapping',
      {
        [hidden ? 'DomainNameArn' : 'DomainName']: ref(id),
        RestApiId: ref(source.id),
        Stage: ref(stage.id),
        BasePath: basePath(path),
      },
      { ...source.passed },
    ),
  );
}
