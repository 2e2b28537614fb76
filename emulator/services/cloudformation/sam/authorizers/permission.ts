import { type Obj, isNothing, isObj, obj, ref, sub } from '../json.ts';
import { type Made, type Source, made } from '../made.ts';

/**
 * What lets API Gateway ask the functions of the authorizers that an API's `Auth` names.
 * @param wanted says of an authorizer whether the template wants it: REST APIs make it unless told not to, HTTP APIs
 *   only where told to
 * @param partition a pseudo parameter, or what it stands for
 */
export function authorizerPermissions(
  source: Source,
  wanted: (authorizer: Obj) => boolean,
  partition?: string,
): Made[] {
  const authorizers = obj(obj(source.properties['Auth'])['Authorizers']);
  return Object.entries(authorizers).flatMap(([name, one]) => {
    if (!isObj(one) || isNothing(one['FunctionArn']) || !wanted(one)) return [];
    return [authorizerPermission(source, name, one['FunctionArn'], partition)];
  });
}

/** What lets API Gateway ask one function, as the authorizer of this name. */
export const authorizerPermission = (
  source: Source,
  name: string,
  functionArn: unknown,
  partition = '${AWS::Partition}',
): Made =>
  made(
    `${source.id}${name}AuthorizerPermission`,
    'AWS::Lambda::Permission',
    {
      Action: 'lambda:InvokeFunction',
      FunctionName: functionArn,
      Principal: 'apigateway.amazonaws.com',
      SourceArn: sub(
        `arn:${partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${__ApiId__}/authorizers/*`,
        { __ApiId__: ref(source.id) },
      ),
    },
    { ...source.passed },
  );
