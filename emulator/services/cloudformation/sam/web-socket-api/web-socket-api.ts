import { authorizerPermission } from '../authorizers/permission.ts';
import { invalidResource } from '../failures.ts';
import { domainV2 } from '../http-api/domain.ts';
import { type Obj, isIntrinsic, isNothing, isObj, isText, obj, ref, sub } from '../json.ts';
import { type Made, type Source, made } from '../made.ts';
import { propagateTags, reserved } from '../tags.ts';
import type { Work } from '../work.ts';

const CREATED_BY = 'websocketapi:createdBy';
const SPECIAL: Readonly<Record<string, string>> = {
  $connect: 'Connect',
  $disconnect: 'Disconnect',
  $default: 'Default',
};

/** AWS::Serverless::WebSocketApi. */
export function webSocketApi(work: Work, source: Source): Made[] {
  const given = source.properties;
  const fail = (reason: string): Error => invalidResource(source.id, reason);
  const tags = { [CREATED_BY]: 'SAM', ...obj(given['Tags']) };
  reserved(source, obj(given['Tags']), CREATED_BY);
  const address = given['IpAddressType'];
  if (!isNothing(address) && !isIntrinsic(address) && address !== 'ipv4' && address !== 'dualstack')
    throw fail("IpAddressType must be 'ipv4' or 'dualstack'.");
  for (const name of ['AccessLogSettings', 'RouteSettings', 'DefaultRouteSettings', 'StageVariables'])
    if (!isNothing(given[name]) && !isObj(given[name])) throw fail(`Property '${name}' should be a map.`);
  if (given['StageName'] === '$default') throw fail('Stages cannot be named $default for WebSocket APIs.');
  const routes = obj(given['Routes']);
  const auth = authOf(given['Auth'], routes, fail);
  const api = made(
    source.id,
    'AWS::ApiGatewayV2::Api',
    {
      Name: given['Name'],
      Description: given['Description'],
      ProtocolType: 'WEBSOCKET',
      RouteSelectionExpression: given['RouteSelectionExpression'],
      ApiKeySelectionExpression: given['ApiKeySelectionExpression'],
      DisableExecuteApiEndpoint: given['DisableExecuteApiEndpoint'],
      DisableSchemaValidation: given['DisableSchemaValidation'],
      IpAddressType: address,
      Tags: tags,
    },
    { ...source.attributes },
  );
  const resources = [api];
  if (auth['AuthType'] === 'CUSTOM') resources.push(...authorizer(source, auth));
  for (const [key, one] of Object.entries(routes))
    resources.push(...route(source, key, obj(one), auth, fail));
  const stage = stageOf(source, tags);
  resources.push(stage, ...domainV2(work, source, stage, tags));
  propagateTags(source, resources);
  return resources;
}

function authOf(written: unknown, routes: Obj, fail: (reason: string) => Error): Obj {
  if (isNothing(written)) return {};
  if (!isObj(written)) throw fail("Property 'Auth' should be a map.");
  const said = written['AuthType'];
  const type = isText(said) ? said.toUpperCase() : said;
  if (!('$connect' in routes)) throw fail('Authorization is only available if there is a $connect route.');
  const others = Object.keys(written).length > 1;
  if (isNothing(type)) {
    if (Object.keys(written).length > 0)
      throw fail('AuthType must be specified for additional auth configurations.');
    return {};
  }
  if (type !== 'AWS_IAM' && type !== 'CUSTOM' && type !== 'NONE')
    throw fail('AuthType is not one of AWS_IAM, CUSTOM or NONE.');
  if (type !== 'CUSTOM' && others) throw fail(`No additional configurations supported for AuthType ${type}.`);
  if (type === 'CUSTOM' && isNothing(written['AuthArn']))
    throw fail('AuthArn must be specified for AuthType CUSTOM.');
  return written;
}

function authorizer(source: Source, auth: Obj): Made[] {
  const id = `${source.id}ConnectAuthorizer`;
  const one = made(
    id,
    'AWS::ApiGatewayV2::Authorizer',
    {
      ApiId: ref(source.id),
      AuthorizerType: 'REQUEST',
      AuthorizerUri: sub(
        'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${AuthArn}/invocations',
        { AuthArn: auth['AuthArn'] },
      ),
      AuthorizerCredentialsArn: auth['InvokeRole'],
      IdentitySource: auth['IdentitySource'],
      Name: auth['Name'] ?? id,
    },
    { ...source.passed },
  );
  if (!isNothing(auth['InvokeRole'])) return [one];
  return [one, authorizerPermission(source, '', auth['AuthArn'])];
}

/** The route, what it leads to, and what lets it be called. */
function route(source: Source, key: string, given: Obj, auth: Obj, fail: (reason: string) => Error): Made[] {
  const special = SPECIAL[key];
  if (special === undefined && !/^[A-Za-z0-9]+$/.test(key))
    throw fail(
      `Route key '${key}' must be alphanumeric. Only $connect, $disconnect, and $default special routes are supported.`,
    );
  const prefix = source.id + (special ?? key);
  const integration = made(
    `${prefix}Integration`,
    'AWS::ApiGatewayV2::Integration',
    {
      ApiId: ref(source.id),
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: sub(
        'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${FunctionArn}/invocations',
        { FunctionArn: given['FunctionArn'] },
      ),
      TimeoutInMillis: given['IntegrationTimeout'],
    },
    { ...source.passed },
  );
  const type = key === '$connect' ? auth['AuthType'] : undefined;
  const stage = source.properties['StageName'] ?? 'default';
  const text = `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${${source.id}.ApiId}/`;
  return [
    made(
      `${prefix}Route`,
      'AWS::ApiGatewayV2::Route',
      {
        ApiId: ref(source.id),
        RouteKey: key,
        ApiKeyRequired: given['ApiKeyRequired'],
        AuthorizationType: type,
        AuthorizerId: type === 'CUSTOM' ? ref(`${source.id}ConnectAuthorizer`) : undefined,
        ModelSelectionExpression: given['ModelSelectionExpression'],
        OperationName: given['OperationName'],
        RequestModels: given['RequestModels'],
        RequestParameters: given['RequestParameters'],
        RouteResponseSelectionExpression: given['RouteResponseSelectionExpression'],
        Target: { 'Fn::Join': ['/', ['integrations', ref(integration.id)]] },
      },
      { ...source.passed },
    ),
    integration,
    made(
      `${prefix}Permission`,
      'AWS::Lambda::Permission',
      {
        Action: 'lambda:InvokeFunction',
        FunctionName: given['FunctionArn'],
        Principal: 'apigateway.amazonaws.com',
        SourceArn: isText(stage)
          ? sub(`${text}${stage}/${key}`)
          : sub(`${text}\${__Stage__}/${key}`, { __Stage__: stage }),
      },
      { ...source.passed },
    ),
  ];
}

function stageOf(source: Source, tags: Obj): Made {
  const given = source.properties;
  const name = given['StageName'] ?? 'default';
  const suffix = name === 'default' ? 'Default' : isText(name) ? name.replace(/[^A-Za-z0-9]/g, '') : '';
  return made(
    `${source.id}${suffix}Stage`,
    'AWS::ApiGatewayV2::Stage',
    {
      ApiId: ref(source.id),
      StageName: name,
      AutoDeploy: true,
      AccessLogSettings: given['AccessLogSettings'],
      DefaultRouteSettings: given['DefaultRouteSettings'],
      RouteSettings: given['RouteSettings'],
      StageVariables: given['StageVariables'],
      Tags: tags,
    },
    { ...source.passed },
  );
}
