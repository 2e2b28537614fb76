import type { Account } from '@aws-sdk/client-api-gateway';
import type { Cloud } from '../../../cloud.ts';
import type { Call } from '../../../service/call.ts';
import type { IamPort } from '../../iam/port.ts';
import type { ApiGatewayOperations } from '../client.ts';
import { badRequest } from '../../../gateway/failures.ts';
import { patched } from '../patch/patch.ts';
import { namingThePath, onlyOperations } from '../patch/refusals.ts';
import type { PatchTable } from '../patch/rules.ts';
import type { AccountRow, AccountStore } from './account-store.ts';

/** What a role must allow so that API Gateway can write logs with it. */
const writing = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

/** `GetAccount`, `UpdateAccount`. */
export function accountOperations(cloud: Cloud, store: AccountStore) {
  return {
    GetAccount: (_input, call) => shown(store.get(call)),
    async UpdateAccount({ patchOperations }, call) {
      const iam = await cloud.port('iam');
      const row = patched(store.get(call), patchOperations, patches(iam, call));
      store.set(call, row);
      return shown(row);
    },
  } satisfies ApiGatewayOperations;
}

/** https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateAccount-Patch */
function patches(iam: IamPort, call: Call): PatchTable<AccountRow> {
  return {
    refuse: namingThePath,
    rules: [
      {
        path: '/cloudwatchRoleArn',
        refuse: () => onlyOperations('replace'),
        replace: (target, { value }) => ({ ...target, cloudwatchRoleArn: readRole(value, iam, call) }),
      },
      {
        path: '/features',
        add: (target, { value = '' }) => {
          if (value !== 'UsagePlans')
            throw badRequest('Invalid feature specified. Must be one of: [UsagePlans]');
          return { ...target, features: [...new Set([...target.features, value])] };
        },
        remove: () => {
          throw badRequest('Usage Plans cannot be disabled once they are enabled.');
        },
      },
    ],
  };
}

/**
 * The role that execution and access logs are written with. An empty one takes it away.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 * @throws BadRequestException where API Gateway could not use it
 */
function readRole(arn: string | undefined, iam: IamPort, { account }: Call): string | undefined {
  if (arn === undefined || arn === '') return undefined;
  const owner = /^arn:aws[\w-]*:iam::(\d{12}):role\/.+$/.exec(arn)?.[1];
  if (owner === undefined) throw badRequest('Invalid ARN specified in the request');
  if (owner !== account) throw badRequest('Cross-account pass role is not allowed.');
  const role = iam.role(account, arn);
  const usable =
    role !== undefined &&
    iam.mayAssume(account, role.name, 'apigateway.amazonaws.com') &&
    writing.every((action) => iam.roleAllows(account, role.name, action, undefined));
  if (!usable)
    throw badRequest(
      'The role ARN does not have required permissions configured. Please grant trust permission for API Gateway and add the required role policy.',
    );
  return arn;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html */
function shown({ cloudwatchRoleArn, features }: AccountRow): Account {
  return {
    ...(cloudwatchRoleArn !== undefined && { cloudwatchRoleArn }),
    throttleSettings: { burstLimit: 5000, rateLimit: 10_000 },
    features: [...features],
    apiKeyVersion: '4',
  };
}
