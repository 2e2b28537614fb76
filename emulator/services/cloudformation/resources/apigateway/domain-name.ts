import type { CreateDomainNameRequest, DomainName } from '@aws-sdk/client-api-gateway';
import type { Json } from '../../../../state/state.ts';
import { fromOperations } from '../gateway/from-operations.ts';
import { shown } from '../gateway/shown.ts';
import { ownTagList } from '../gateway/tags.ts';
import { lowerFirst } from '../translate/letters.ts';
import { picked, shaped, text } from '../translate/shaped.ts';
import { allTags } from '../translate/tags.ts';
import { patchWhatDiffers, value } from './differences.ts';
import { retagAt } from './tagged.ts';

const differences = {
  CertificateArn: value('/certificateArn', 'stays'),
  RegionalCertificateArn: value('/regionalCertificateArn', 'stays'),
  SecurityPolicy: value('/securityPolicy', 'stays'),
};

const created = [
  'DomainName',
  'CertificateArn',
  'RegionalCertificateArn',
  'SecurityPolicy',
  'EndpointConfiguration',
  'EndpointAccessMode',
  'MutualTlsAuthentication',
  'OwnershipVerificationCertificateArn',
  'RoutingMode',
];

/**
 * `AWS::ApiGateway::DomainName`. `Ref` is the domain name.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-domainname.html
 */
export const domainName = fromOperations({
  nameOf: (properties) => text(properties['DomainName']),
  async create(properties, work) {
    const made = await work.call('apigateway', 'CreateDomainName', {
      ...shaped<CreateDomainNameRequest>(lowerFirst(picked(properties, ...created))),
      tags: { ...allTags(properties['Tags'], work) },
    });
    return { id: made.domainName ?? '', attributes: attributesOf(made) };
  },
  async look({ id, properties }, work) {
    const { tags, ...now } = await work.call('apigateway', 'GetDomainName', { domainName: id });
    return {
      ...shown(now),
      Tags: ownTagList(tags, work, properties['Tags']),
    };
  },
  async change({ id }, now, wanted, work) {
    await patchWhatDiffers(differences, now, wanted, (patchOperations) =>
      work.call('apigateway', 'UpdateDomainName', { domainName: id, patchOperations }),
    );
    await retagAt(`/domainnames/${id}`, wanted['Tags'], work);
  },
  remove: ({ id }, work) => work.call('apigateway', 'DeleteDomainName', { domainName: id }),
});

function attributesOf(made: DomainName): Readonly<Record<string, Json>> {
  const all = {
    DomainNameArn: made.domainNameArn,
    DistributionDomainName: made.distributionDomainName,
    DistributionHostedZoneId: made.distributionHostedZoneId,
    RegionalDomainName: made.regionalDomainName,
    RegionalHostedZoneId: made.regionalHostedZoneId,
  };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
