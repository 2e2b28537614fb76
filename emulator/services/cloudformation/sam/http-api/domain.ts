import { domainOf, inner, mappedPaths } from '../domain/domain.ts';
import { records, regional } from '../domain/records.ts';
import { invalidResource } from '../failures.ts';
import { type Obj, hashedId, isNothing, isObj, ref, said } from '../json.ts';
import { type Made, type Source, made } from '../made.ts';
import type { Work } from '../work.ts';

const TLS_FIELDS = ['TruststoreUri', 'TruststoreVersion'];

/** `Domain` of an HTTP or WebSocket API. */
export function domainV2(work: Work, source: Source, stage: Made, tags: Obj): Made[] {
  const domain = domainOf(source);
  if (domain === undefined) return [];
  const fail = (reason: string): Error => invalidResource(source.id, reason);
  const id = hashedId('ApiGatewayDomainNameV2', domain['DomainName']);
  const endpoint = domain['EndpointConfiguration'] ?? 'REGIONAL';
  if (endpoint !== 'REGIONAL')
    throw fail("EndpointConfiguration for Custom Domains must be one of ['REGIONAL'].");
  const resource = made(
    id,
    'AWS::ApiGatewayV2::DomainName',
    {
      DomainName: domain['DomainName'],
      DomainNameConfigurations: [
        said({
          CertificateArn: domain['CertificateArn'],
          EndpointType: endpoint,
          SecurityPolicy: domain['SecurityPolicy'],
          IpAddressType: domain['IpAddressType'],
          OwnershipVerificationCertificateArn: domain['OwnershipVerificationCertificateArn'],
        }),
      ],
      MutualTlsAuthentication: tlsOf(source, domain['MutualTlsAuthentication'], fail),
      Tags: tags,
    },
    { ...source.passed },
  );
  return [
    resource,
    ...mappings(source, stage, domain, id),
    ...records({ work, source, domain, target: () => regional(id) }),
  ];
}

function tlsOf(source: Source, tls: unknown, fail: (reason: string) => Error): unknown {
  if (isNothing(tls)) return undefined;
  if (!isObj(tls))
    throw fail(
      "MutualTlsAuthentication must be a map with at least one of the following fields ['TruststoreUri', 'TruststoreVersion'].",
    );
  const wrong = Object.keys(tls).filter((one) => !TLS_FIELDS.includes(one));
  if (wrong.length > 0)
    throw invalidResource(
      Object.keys(tls).sort().join(','),
      "Available MutualTlsAuthentication fields are ['TruststoreUri', 'TruststoreVersion'].",
    );
  return tls;
}

const mappings = (source: Source, stage: Made, domain: Obj, id: string): Made[] =>
  mappedPaths(source, domain).map(({ suffix, path }) =>
    made(
      `${source.id}${suffix}ApiMapping`,
      'AWS::ApiGatewayV2::ApiMapping',
      {
        DomainName: ref(id),
        ApiId: ref(source.id),
        Stage: ref(stage.id),
        ApiMappingKey: path === undefined || path === '/' ? undefined : inner(path),
      },
      { ...source.passed },
    ),
  );
