import { invalidResource } from '../failures.ts';
import { type Obj, getAtt, hashedId, isList, isNothing, isObj, obj, said, truthy } from '../json.ts';
import { type Made, type Source, made } from '../made.ts';
import type { Work } from '../work.ts';

/** Where a record leads. */
export interface AliasTarget {
  readonly DNSName: unknown;
  readonly HostedZoneId: unknown;
}

/** The endpoint of a domain that is in a region, whose logical id is given. */
export const regional = (id: string): AliasTarget => ({
  DNSName: getAtt(id, 'RegionalDomainName'),
  HostedZoneId: getAtt(id, 'RegionalHostedZoneId'),
});

interface Wanted {
  readonly work: Work;
  readonly source: Source;
  /** `Domain` of the API. */
  readonly domain: Obj;
  /** Where the records lead, by what `Route53` of the domain says. */
  readonly target: (route: Obj) => AliasTarget;
}

/** The records in Route 53 that a domain asks for: a group for each hosted zone, or for each name. */
export function records({ work, source, domain, target }: Wanted): Made[] {
  const route = domain['Route53'];
  if (isNothing(route)) return [];
  const fail = (reason: string): Error => invalidResource(source.id, reason);
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
  const alias = said({ ...target(route), EvaluateTargetHealth: route['EvaluateTargetHealth'] });
  const record = (type: string): Obj =>
    said({
      Name: domain['DomainName'],
      Type: type,
      AliasTarget: alias,
      Region: route['Region'],
      SetIdentifier: route['SetIdentifier'],
    });
  const added = [record('A'), ...(truthy(route['IpV6']) ? [record('AAAA')] : [])];
  const present = obj(work.resources[groupId]);
  const before =
    source.type === 'AWS::Serverless::WebSocketApi' ? [] : obj(present['Properties'])['RecordSets'];
  return [
    made(
      groupId,
      'AWS::Route53::RecordSetGroup',
      { ...own, RecordSets: [...(isList(before) ? before : []), ...added] },
      { ...source.passed },
    ),
  ];
}
