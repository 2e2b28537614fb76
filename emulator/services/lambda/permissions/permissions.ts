import type { AddPermissionRequest } from '@aws-sdk/client-lambda';
import { ServiceFailure } from '../../../service/failure.ts';
import type { LambdaContext, LambdaOperations } from '../context.ts';
import { conflict, constraintBroken, invalidParameter, notFound } from '../failures.ts';
import { checkRevision } from '../functions/functions.ts';
import { readFunctionName } from '../names/name.ts';
import { policyOwner } from './owner.ts';
import { policyText } from './policy.ts';
import type { Conditions, Statement } from './statement.ts';

/** 20 KB (AWS Lambda quotas). */
const policyLimitBytes = 20_480;

/** `AddPermission`, `RemovePermission` and `GetPolicy`. */
export function permissionOperations(
  context: LambdaContext,
): Required<Pick<LambdaOperations, 'AddPermission' | 'RemovePermission' | 'GetPolicy'>> {
  return {
    AddPermission(input, call) {
      const owner = policyOwner(context, call, input.FunctionName, input.Qualifier);
      checkRevision(owner, input.RevisionId);
      const statement = readStatement(input, owner.arn);
      if (owner.statements.some(({ Sid }) => Sid === statement.Sid)) {
        throw conflict(
          `The statement id (${statement.Sid}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
        );
      }
      const statements = [...owner.statements, statement];
      const size = Buffer.byteLength(policyText(statements));
      if (size > policyLimitBytes) {
        throw new ServiceFailure(
          'PolicyLengthExceededException',
          `The final policy size (${size}) is bigger than the limit (${policyLimitBytes}).`,
          { members: { Type: 'User' } },
        );
      }
      owner.replace(statements);
      return { Statement: JSON.stringify(statement) };
    },

    RemovePermission(input, call) {
      const owner = policyOwner(context, call, input.FunctionName, input.Qualifier);
      if (owner.statements.length === 0) {
        throw notFound('No policy is associated with the given resource.');
      }
      const statements = owner.statements.filter(({ Sid }) => Sid !== input.StatementId);
      if (statements.length === owner.statements.length) {
        throw notFound(`Statement ${input.StatementId ?? ''} is not found in resource policy.`);
      }
      checkRevision(owner, input.RevisionId);
      owner.replace(statements);
      return {};
    },

    GetPolicy(input, call) {
      const latest =
        readFunctionName(input.FunctionName ?? '', call, input.Qualifier).qualifier === '$LATEST';
      const owner = latest ? undefined : policyOwner(context, call, input.FunctionName, input.Qualifier);
      if (owner === undefined || owner.statements.length === 0) {
        throw notFound('The resource you requested does not exist.');
      }
      return { Policy: policyText(owner.statements), RevisionId: owner.revisionId };
    },
  };
}

function readStatement(input: AddPermissionRequest, resource: string): Statement {
  const sid = input.StatementId ?? '';
  if (!/^[a-zA-Z0-9_-]+$/.test(sid)) {
    throw constraintBroken(
      sid,
      'statementId',
      'Member must satisfy regular expression pattern: ([a-zA-Z0-9-_]+)',
    );
  }
  const action = input.Action ?? '';
  if (!/^(?:lambda:\*|lambda:[a-zA-Z]+|\*)$/.test(action)) {
    throw constraintBroken(
      action,
      'action',
      'Member must satisfy regular expression pattern: (lambda:[*]|lambda:[a-zA-Z]+|[*])',
    );
  }
  const conditions = readConditions(input);
  return {
    Sid: sid,
    Effect: 'Allow',
    Principal: readPrincipal(input.Principal ?? ''),
    Action: action,
    Resource: resource,
    ...(Object.keys(conditions).length === 0 ? {} : { Condition: conditions }),
  };
}

function readPrincipal(principal: string): Statement['Principal'] {
  if (principal === '*') return '*';
  if (/^\d{12}$/.test(principal)) return { AWS: `arn:aws:iam::${principal}:root` };
  if (/^arn:aws[a-z-]*:(?:iam|sts)::\d{12}:.+$/.test(principal)) return { AWS: principal };
  // `alexa-appkit.amazon.com` is a service, too.
  if (/^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.amazon(?:aws)?\.com$/.test(principal)) return { Service: principal };
  throw invalidParameter('The provided principal was invalid. Please check the principal and try again.');
}

function readConditions(input: AddPermissionRequest): Conditions {
  const equals: Record<string, string> = {};
  if (input.FunctionUrlAuthType !== undefined) {
    equals['lambda:FunctionUrlAuthType'] = input.FunctionUrlAuthType;
  }
  if (input.PrincipalOrgID !== undefined) equals['aws:PrincipalOrgID'] = input.PrincipalOrgID;
  if (input.SourceAccount !== undefined) equals['AWS:SourceAccount'] = input.SourceAccount;
  if (input.EventSourceToken !== undefined) equals['lambda:EventSourceToken'] = input.EventSourceToken;
  return {
    ...(Object.keys(equals).length === 0 ? {} : { StringEquals: equals }),
    ...(input.SourceArn === undefined ? {} : { ArnLike: { 'AWS:SourceArn': input.SourceArn } }),
    ...(input.InvokedViaFunctionUrl === undefined
      ? {}
      : { Bool: { 'lambda:InvokedViaFunctionUrl': String(input.InvokedViaFunctionUrl) } }),
  };
}
