import { badRequest } from '../../../gateway/failures.ts';
import type { ApiDefinition } from '../definition/definition.ts';

/** What the expression of every HTTP API means, in both ways of writing it. */
const HTTP_SELECTIONS: readonly string[] = [
  '$request.method $request.path',
  '${request.method} ${request.path}',
];
export const HTTP_SELECTION = '$request.method $request.path';
export const API_KEY_SELECTION = '$request.header.x-api-key';

const API_KEY_SELECTIONS: readonly string[] = [
  API_KEY_SELECTION,
  '${request.header.x-api-key}',
  '$context.authorizer.usageIdentifierKey',
  '${context.authorizer.usageIdentifierKey}',
];

/**
 * Checks what an API would be after its making or a change.
 * @throws BadRequestException in AWS's words where they are known
 */
export function checkApi({
  name,
  protocolType,
  routeSelectionExpression,
  apiKeySelectionExpression,
  corsConfiguration,
}: Pick<
  ApiDefinition,
  'name' | 'protocolType' | 'routeSelectionExpression' | 'apiKeySelectionExpression' | 'corsConfiguration'
>): void {
  if (name === '' || name.length > 128) throw badRequest('Invalid API name specified');
  if (protocolType === 'HTTP') {
    if (!HTTP_SELECTIONS.includes(routeSelectionExpression))
      throw badRequest(
        'Route selection expression is currently limited to "${request.method} ${request.path}"',
      );
  } else {
    if (!/^(\$request\.|\$\{request\.)/.test(routeSelectionExpression))
      throw badRequest('Invalid routeSelectionExpression');
    if (corsConfiguration !== undefined) throw badRequest('Cors is not supported for WEBSOCKET protocolType');
  }
  if (!API_KEY_SELECTIONS.includes(apiKeySelectionExpression))
    throw badRequest('Invalid apiKeySelectionExpression');
  const { AllowCredentials, AllowOrigins = [] } = corsConfiguration ?? {};
  if (AllowCredentials === true && AllowOrigins.includes('*'))
    throw badRequest("allow-credentials is not supported if 'allow-origin' is *");
}
