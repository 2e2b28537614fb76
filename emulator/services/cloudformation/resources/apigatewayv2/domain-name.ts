import type { CreateDomainNameRequest, UpdateDomainNameRequest } from '@aws-sdk/client-apigatewayv2';
import { retagAt } from '../apigateway/tagged.ts';
import { fromOperations } from '../gateway/from-operations.ts';
import { picked, shaped, text } from '../translate/shaped.ts';
import { allTags, ownTags } from '../translate/tags.ts';
import { changesOf } from './changes.ts';
import { told } from './told.ts';

const names = ['DomainNameConfigurations', 'MutualTlsAuthentication', 'RoutingMode'];

/**
 * `AWS::ApiGatewayV2::DomainName`. `Ref` is the domain name.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-domainname.html
 */
export const domainName = fromOperations({
  nameOf: (properties) => text(properties['DomainName']),
  async create(properties, work) {
    const made = await work.call('apigatewayv2', 'CreateDomainName', {
      ...shaped<CreateDomainNameRequest>(picked(properties, 'DomainName', ...names)),
      Tags: { ...allTags(properties['Tags'], work) },
    });
    const [configuration] = made.DomainNameConfigurations ?? [];
    return {
      id: made.DomainName ?? '',
      attributes: {
        ...(made.DomainNameArn !== undefined && { DomainNameArn: made.DomainNameArn }),
        ...(configuration?.ApiGatewayDomainName !== undefined && {
          RegionalDomainName: configuration.ApiGatewayDomainName,
        }),
        ...(configuration?.HostedZoneId !== undefined && {
          RegionalHostedZoneId: configuration.HostedZoneId,
        }),
      },
    };
  },
  async look({ id }, work) {
    const { Tags, ...now } = await work.call('apigatewayv2', 'GetDomainName', { DomainName: id });
    return { ...told(now), Tags: { ...ownTags(Tags, work) } };
  },
  async change({ id }, now, wanted, work) {
    const changes = changesOf(now, wanted, names);
    if (changes !== undefined)
      await work.call('apigatewayv2', 'UpdateDomainName', {
        ...shaped<UpdateDomainNameRequest>(changes),
        DomainName: id,
      });
    // Both versions of the service have the same domain names; the first one tags them.
    await retagAt(`/domainnames/${id}`, wanted['Tags'], work);
  },
  remove: ({ id }, work) => work.call('apigatewayv2', 'DeleteDomainName', { DomainName: id }),
});
