import type { Op } from '@aws-sdk/client-api-gateway';
import { ServiceFailure } from '../../../service/failure.ts';
import type { Refusal } from './rules.ts';

/** Every text here is as recorded on AWS, the double spaces and missing commas too. */
const badRequest = (message: string): ServiceFailure => new ServiceFailure('BadRequestException', message);

const SIMPLE: readonly (Op | undefined)[] = ['add', 'remove', 'replace'];

/** RestApi's answer to `copy`, `move` and `test`. */
export const unknownOperation = (): ServiceFailure =>
  badRequest("Invalid patch operation specified. Must be 'add'|'remove'|'replace'");

/** A path that has only some operations: `Invalid patch operation specified. Must be one of: [replace]`. */
export const onlyOperations = (...operations: readonly Op[]): ServiceFailure =>
  badRequest(`Invalid patch operation specified. Must be one of: [${operations.join(', ')}]`);

/** RestApi, Method, MethodResponse, GatewayResponse: the path alone. */
export const namingThePath: Refusal = ({ op, path }) =>
  SIMPLE.includes(op) ? invalidPath(path) : unknownOperation();

/** `Invalid patch path /x`, for a rule's own refusals. */
export const invalidPath = (path: string | undefined): ServiceFailure =>
  badRequest(`Invalid patch path ${path ?? 'null'}`);

/** Resource, Model, RequestValidator, ApiKey: the paths that take this operation, or none. */
export const listingThePaths: Refusal = ({ op, path }, rules) => {
  const open = op === undefined ? [] : rules.filter((rule) => rule[op] !== undefined);
  const said = `Invalid patch path  '${path ?? 'null'}' specified for op '${op ?? 'null'}'.`;
  return badRequest(
    open.length === 0
      ? `${said} Please choose supported operations`
      : `${said} Must be one of: [${open.map((rule) => rule.path).join(', ')}]`,
  );
};

const METHOD_SETTINGS = [
  'caching/dataEncrypted',
  'caching/requireAuthorizationForCacheControl',
  'caching/unauthorizedCacheControlHeaderStrategy',
];
const ofMethod = (method: string, settings: readonly string[]): string[] =>
  settings.map((setting) => `${method}/${setting}`);
const ONE_METHOD = '/{resourcePath}/{httpMethod}';
const STAGE_PATHS = [
  '/deploymentId',
  '/description',
  '/cacheClusterEnabled',
  '/cacheClusterSize',
  '/clientCertificateId',
  '/accessLogSettings',
  '/accessLogSettings/destinationArn',
  '/accessLogSettings/format',
  ...ofMethod(ONE_METHOD, ['metrics/enabled', 'logging/dataTrace', 'logging/loglevel']),
  // Without commas between them on AWS too.
  ofMethod(ONE_METHOD, ['throttling/burstLimit', 'throttling/rateLimit', 'caching/ttlInSeconds']).join(''),
  `${ONE_METHOD}/caching/enabled`,
  ...ofMethod(ONE_METHOD, METHOD_SETTINGS),
  ...ofMethod('/*/*', ['metrics/enabled', 'logging/dataTrace', 'logging/loglevel']),
  ofMethod('/*/*', ['throttling/burstLimit', 'throttling/rateLimit', 'caching/ttlInSeconds']).join(' '),
  '/*/*/caching/enabled',
  ...ofMethod('/*/*', METHOD_SETTINGS),
  '/variables/{variable_name}',
  '/tracingEnabled',
].join(', ');

/** `Cannot remove method setting canarySettings/badPath because there is no method setting for this method `. */
export const noMethodSetting = (path: string): ServiceFailure =>
  badRequest(
    `Cannot remove method setting ${path.replace(/^\//, '')} because there is no method setting for this method `,
  );

/** Stage: whatever is no setting of its own is taken for the setting of a method. */
export const stagePaths: Refusal = ({ op, path, from }) => {
  const named = path ?? 'null';
  if (op === 'copy') return copyRefused(named, from);
  // What looks like `/{resource}/{method}` names the settings of one method, which are not there.
  if (op === 'remove' && /^\/[^/]+\/[^/]+$/.test(named)) return noMethodSetting(named);
  if (named.startsWith('/accessLogSettings/')) {
    return badRequest(
      'Invalid accessLogSettings path. Must be one of : [/accessLogSettings/destinationArn, /accessLogSettings/format]',
    );
  }
  return badRequest(`Invalid method setting path: ${named}. Must be one of: [${STAGE_PATHS}]`);
};

/** A stage copies only what promotes a canary. */
export const copyRefused = (path: string, from: string | undefined): ServiceFailure =>
  badRequest(
    `Invalid copy operation with path: ${path} and from ${from ?? 'null'}. Valid copy:path are [/deploymentId, /variables] and valid copy:from are [/canarySettings/deploymentId, /canarySettings/stageVariableOverrides]`,
  );

/** `Invalid add operation with path: /canarySettings/deploymentId`, for a rule's own refusal. */
export const invalidOperation = (change: { readonly op: Op; readonly path: string }): ServiceFailure =>
  badRequest(`Invalid ${change.op} operation with path: ${change.path}`);
