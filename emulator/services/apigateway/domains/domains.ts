import type { DomainName } from '@aws-sdk/client-api-gateway';
import { withTags } from '../api/rest-apis.ts';
import type { ApiGatewayOperations } from '../client.ts';
import { badRequest, conflict, notBuilt } from '../../../gateway/failures.ts';
import { drawId } from '../../../gateway/ids.ts';
import { pageOf } from '../../../gateway/paging.ts';
import { field, text } from '../patch/fields.ts';
import { patched } from '../patch/patch.ts';
import { namingThePath } from '../patch/refusals.ts';
import type { PatchTable } from '../patch/rules.ts';
import { checkTags } from '../../../gateway/tags.ts';
import type { DomainRow, DomainStore } from './domain-store.ts';

/** CloudFront's own hosted zone, the same everywhere. */
const CLOUDFRONT_ZONE = 'Z2FDTNDATAQYW2';

/** `CreateDomainName`, `GetDomainName(s)`, `UpdateDomainName`, `DeleteDomainName`. */
export function domainOperations(store: DomainStore) {
  return {
    CreateDomainName(input, call) {
      const { domainName = '', endpointConfiguration, tags } = input;
      const [type = 'EDGE'] = endpointConfiguration?.types ?? [];
      if (!/^(\*\.)?([a-z0-9-]+\.)+[a-z0-9-]+$/.test(domainName))
        throw badRequest('Invalid domain name specified');
      if (type === 'PRIVATE') throw notBuilt('private custom domain names');
      if (input.mutualTlsAuthentication !== undefined) throw notBuilt('mutual TLS');
      const arn = type === 'EDGE' ? input.certificateArn : input.regionalCertificateArn;
      if (arn === undefined && input.certificateBody === undefined)
        throw badRequest(
          type === 'EDGE'
            ? 'You must specify a certificate for an edge-optimized custom domain name'
            : 'You must specify a regional certificate for a regional custom domain name',
        );
      if (store.scopeOf(domainName) !== undefined)
        throw conflict('The domain name you provided already exists.');
      const id = drawId(10, () => false);
      const domain: DomainRow = {
        domainName,
        domainNameArn: `arn:aws:apigateway:${call.region}::/domainnames/${domainName}`,
        ...(type === 'EDGE'
          ? {
              certificateArn: arn,
              certificateName: input.certificateName,
              distributionDomainName: `d${id}.cloudfront.net`,
              distributionHostedZoneId: CLOUDFRONT_ZONE,
            }
          : {
              regionalCertificateArn: arn,
              regionalCertificateName: input.regionalCertificateName,
              regionalDomainName: `d-${id}.execute-api.${call.region}.amazonaws.com`,
            }),
        endpointConfiguration: {
          types: [type],
          ipAddressType: endpointConfiguration?.ipAddressType ?? 'ipv4',
        },
        domainNameStatus: 'AVAILABLE',
        securityPolicy: input.securityPolicy ?? 'TLS_1_2',
        routingMode: 'BASE_PATH_MAPPING_ONLY',
        createdAt: store.cloud.clock.now(),
        ...(tags !== undefined && { tags: checkTags(call, tags) }),
      };
      store.set(call, domain);
      return shown(domain);
    },
    GetDomainName({ domainName }, call) {
      return withTags(shown(store.named(call, domainName)));
    },
    GetDomainNames(page, call) {
      const { items, position } = pageOf(store.all(call), (domain) => domain.domainName, page);
      return { items: items.map(shown), position };
    },
    UpdateDomainName({ domainName, patchOperations }, call) {
      const domain = patched(store.named(call, domainName), patchOperations, patches);
      store.set(call, domain);
      return withTags(shown(domain));
    },
    DeleteDomainName({ domainName }, call) {
      store.delete(call, store.named(call, domainName).domainName);
      return {};
    },
  } satisfies ApiGatewayOperations;
}

/** https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateDomainName-Patch */
const patches: PatchTable<DomainRow> = {
  refuse: namingThePath,
  rules: [
    field('/certificateArn', 'certificateArn', text),
    field('/certificateName', 'certificateName', text),
    field('/regionalCertificateArn', 'regionalCertificateArn', text),
    field('/regionalCertificateName', 'regionalCertificateName', text),
    field('/securityPolicy', 'securityPolicy', (value) => value as DomainRow['securityPolicy']),
  ],
};

function shown({ createdAt, tags, ...own }: DomainRow): DomainName {
  const { certificateArn, regionalCertificateArn } = own;
  const certified = certificateArn !== undefined || regionalCertificateArn !== undefined;
  return {
    ...own,
    ...(certified && { certificateUploadDate: new Date(createdAt) }),
    ...(tags !== undefined && Object.keys(tags).length > 0 && { tags }),
  };
}
