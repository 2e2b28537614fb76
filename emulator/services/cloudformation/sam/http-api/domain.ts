import { invalidResource } from '../failures.ts';
import { type Obj, hashedId, isList, isNothing, isObj, isText, ref, said } from '../json.ts';
import { type Made, type Source, made } from '../made.ts';
import { records } from '../rest-api/domain.ts';
import type { Work } from '../work.ts';

const TLS_FIELDS = ['TruststoreUri', 'TruststoreVersion'];

/** `Domain` of an HTTP or WebSocket API. */
export function domainV2(work: Work, source: Source, stage: Made, tags: Obj): Made[] {
  const domain = source.properties['Domain'];
  if (isNothing(domain)) return [];
  const fail = (reason: string): Error => invalidResource(source.id, reason);
  if (!isObj(domain)) throw fail("Property 'Domain' should be a map.");
  const name = domain['DomainName'];
  if (isNothing(name) || isNothing(domain['CertificateArn']))
    throw fail('Custom Domains only works if both DomainName and CertificateArn are provided.');
  const id = hashedId('ApiGatewayDomainNameV2', name);
  const endpoint = domain['EndpointConfiguration'] ?? 'REGIONAL';
  if (endpoint !== 'REGIONAL')
    throw fail("EndpointConfiguration for Custom Domains must be one of ['REGIONAL'].");
  const resource = made(
    id,
    'AWS::ApiGatewayV2::DomainName',
    {
      DomainName: name,
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
  const all = [resource, ...mappings(source, stage, domain, id, fail)];
  if (!isNothing(domain['Route53']))
    all.push(records(work, source, domain, id, false, fail, ['RegionalDomainName', 'RegionalHostedZoneId']));
  return all;
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

function mappings(
  source: Source,
  stage: Made,
  domain: Obj,
  id: string,
  fail: (reason: string) => Error,
): Made[] {
  const paths = domain['BasePath'];
  const mapping = (suffix: string, key: unknown): Made =>
    made(
      `${source.id}${suffix}ApiMapping`,
      'AWS::ApiGatewayV2::ApiMapping',
      { DomainName: ref(id), ApiId: ref(source.id), Stage: ref(stage.id), ApiMappingKey: key },
      { ...source.passed },
    );
  if (isNothing(paths)) return [mapping('', undefined)];
  return (isList(paths) ? paths : [paths]).map((path) => {
    if (!isText(path)) throw fail('Basepath must be a string.');
    if (path === '/') return mapping('', undefined);
    return mapping(path.replace(/[^A-Za-z0-9]/g, ''), path.replace(/^\/+|\/+$/g, ''));
  });
}
