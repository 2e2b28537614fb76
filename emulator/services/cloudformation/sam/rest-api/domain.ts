import { invalidResource } from '../failures.ts';
import {
  type Obj,
  isNothing,
  isObj,
  isText,
  ref,
  said,
  getAtt,
  hashedId,
  truthy,
  isList,
  obj,
} from '../json.ts';
import { type Made, type Source, made } from '../made.ts';
import { type Work, nameFor } from '../work.ts';

const CLOUDFRONT_ZONE = 'Z2FDTNDATAQYW2';

/** `Domain` of a REST API: the name, what is mapped to it, and the records of it. */
export function domainResources(work: Work, source: Source, stage: Made): Made[] {
  const domain = source.properties['Domain'];
  if (isNothing(domain)) return [];
  const fail = (reason: string): Error => invalidResource(source.id, reason);
  if (!isObj(domain)) throw fail("Property 'Domain' should be a map.");
  const name = domain['DomainName'];
  if (isNothing(name) || isNothing(domain['CertificateArn']))
    throw fail('Custom Domains only works if both DomainName and CertificateArn are provided.');
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
  const resources = [resource, ...mappings(source, stage, domain, id, hidden, fail)];
  if (!isNothing(domain['Route53']))
    resources.push(records(work, source, domain, id, edge, fail, undefined, hidden));
  return resources;
}

const truthful = (value: Obj): Obj =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => truthy(one)));

function mappings(
  source: Source,
  stage: Made,
  domain: Obj,
  id: string,
  hidden: boolean,
  fail: (reason: string) => Error,
): Made[] {
  const paths = domain['BasePath'];
  const mapping = (suffix: string, base: unknown): Made =>
    made(
      `${source.id}${suffix}BasePathMapping`,
      hidden ? 'AWS::ApiGateway::BasePathMappingV2' : 'AWS::ApiGateway::BasePathMapping',
      {
        [hidden ? 'DomainNameArn' : 'DomainName']: ref(id),
        RestApiId: ref(source.id),
        Stage: ref(stage.id),
        BasePath: base,
      },
      { ...source.passed },
    );
  if (isNothing(paths)) return [mapping('', undefined)];
  return (isList(paths) ? paths : [paths]).map((path) => {
    if (!isText(path)) throw fail('Basepath must be a string.');
    if (path === '/') return mapping('', hidden ? '' : undefined);
    const plain = path.replace(/[^A-Za-z0-9]/g, '');
    return mapping(
      plain,
      truthy(domain['NormalizeBasePath'] ?? true)
        ? path.replace(/^\/+|\/+$/g, '').replace(/[^0-9a-zA-Z/\-_:.]+/g, '')
        : path,
    );
  });
}

/** The records of the domain's name in Route 53. */
export function records(
  work: Work,
  source: Source,
  domain: Obj,
  id: string,
  edge: boolean,
  fail: (reason: string) => Error,
  attributes: readonly [string, string] = edge
    ? ['DistributionDomainName', CLOUDFRONT_ZONE]
    : ['RegionalDomainName', 'RegionalHostedZoneId'],
  hidden = false,
): Made {
  const route = domain['Route53'];
  if (!isObj(route)) throw fail("Property 'Domain.Route53' should be a map.");
  const zone = route['HostedZoneId'] ?? route['HostedZoneName'];
  if (isNothing(zone))
    throw fail('HostedZoneId or HostedZoneName is required to enable Route53 support on Custom Domains.');
  const separate = route['SeparateRecordSetGroup'];
  if (!isNothing(separate) && typeof separate !== 'boolean')
    throw fail("Property 'Domain.Route53.SeparateRecordSetGroup' should be a boolean.");
  const own = isNothing(route['HostedZoneId'])
    ? { HostedZoneName: route['HostedZoneName'] }
    : { HostedZoneId: route['HostedZoneId'] };
  const groupId = hashedId('RecordSetGroup', separate === true ? [zone, domain['DomainName']] : zone);
  const target = said({
    DNSName: hidden
      ? route['VpcEndpointDomainName']
      : ((edge ? route['DistributionDomainName'] : undefined) ?? getAtt(id, attributes[0])),
    HostedZoneId: hidden
      ? route['VpcEndpointHostedZoneId']
      : edge
        ? CLOUDFRONT_ZONE
        : getAtt(id, attributes[1]),
    EvaluateTargetHealth: route['EvaluateTargetHealth'],
  });
  const record = (type: string): Obj =>
    said({
      Name: domain['DomainName'],
      Type: type,
      AliasTarget: target,
      Region: route['Region'],
      SetIdentifier: route['SetIdentifier'],
    });
  const added = [record('A'), ...(truthy(route['IpV6']) ? [record('AAAA')] : [])];
  const present = obj(work.resources[groupId]);
  const before =
    source.type === 'AWS::Serverless::WebSocketApi' ? [] : obj(present['Properties'])['RecordSets'];
  return made(
    groupId,
    'AWS::Route53::RecordSetGroup',
    { ...own, RecordSets: [...(isList(before) ? before : []), ...added] },
    { ...source.passed },
  );
}
