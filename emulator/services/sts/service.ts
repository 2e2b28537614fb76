import * as schemas from '@aws-sdk/client-sts/dist-es/schemas/schemas_0.js';
import { randomBytes } from 'node:crypto';
import type { Cloud } from '../../cloud.ts';
import { ServiceFailure } from '../../service/failure.ts';
import { required } from '../../service/required.ts';
import { defineService } from '../../service/service.ts';
import { identities } from '../identities.ts';
import { assumeRole } from './assume-role.ts';
import limits from './limits.json' with { type: 'json' };
import type { Sts } from './client.ts';

/** Security Token Service: who calls, and temporary credentials. */
export default defineService<Sts, object>({
  wire: identities.sts,
  schemas: schemas as Readonly<Record<string, unknown>>,
  limits,
  create(cloud: Cloud) {
    return {
      operations: {
        async GetCallerIdentity(_input, { account, principal }) {
          if (principal.kind === 'root') return { UserId: account, Account: account, Arn: principal.arn };
          const iam = await cloud.port('iam');
          // A session outlives its role's deletion; its id does not change, but is not known any more.
          const id = iam.role(principal.account, principal.roleName)?.roleId ?? 'AROA';
          return { UserId: `${id}:${principal.sessionName}`, Account: principal.account, Arn: principal.arn };
        },
        AssumeRole: (input, call) => assumeRole(cloud, input, call),
        GetSessionToken({ DurationSeconds }, { account, principal }) {
          if (principal.kind !== 'root') {
            throw new ServiceFailure('AccessDenied', 'Cannot call GetSessionToken with session credentials', {
              status: 403,
            });
          }
          const seconds = DurationSeconds ?? 3600;
          return {
            Credentials: {
              // Root's own key: it is this account's in any session.
              AccessKeyId: account,
              SecretAccessKey: cloud.identity.secretOf(account, undefined),
              SessionToken: randomBytes(48).toString('base64'),
              Expiration: new Date(cloud.clock.now() + seconds * 1000),
            },
          };
        },
        GetAccessKeyInfo({ AccessKeyId }, { account, principal }) {
          const key = required(AccessKeyId, 'AccessKeyId');
          if (key === principal.accessKeyId) return { Account: account };
          const owner = cloud.identity.principalOf(key, undefined);
          if (owner === undefined) {
            throw new ServiceFailure('ValidationError', `${key} is invalid`, { status: 400 });
          }
          return { Account: owner.account };
        },
      },
      port: {},
      resources: {
        AssumeRole: ({ RoleArn = '*' }) => RoleArn,
        GetCallerIdentity: () => '*',
        GetSessionToken: () => '*',
        GetAccessKeyInfo: () => '*',
      },
      withoutEffect: {
        'AssumeRole.RoleArn':
          'A root key may assume a role here, as an administrator may; on AWS root may not.',
        'AssumeRole.Tags': 'Only the trust policy sees session tags.',
        'AssumeRole.TransitiveTagKeys': 'Session tags do not pass on to further sessions.',
        'AssumeRole.SerialNumber': 'There are no MFA devices.',
        'AssumeRole.TokenCode': 'There are no MFA devices.',
        'AssumeRole.ProvidedContexts': 'There are no trusted context providers.',
        'GetSessionToken.DurationSeconds':
          'The credentials are the root key with a token, and do not expire.',
        'GetSessionToken.SerialNumber': 'There are no MFA devices.',
        'GetSessionToken.TokenCode': 'There are no MFA devices.',
      },
    };
  },
});
