import type { IntegrationDefinition } from '../../definition/definition.ts';
import type { ApiResponse } from '../exchange.ts';
import type { Passage } from '../passage.ts';
import { notAsked } from './failures.ts';
import { mappedRequest } from './mapped-request.ts';
import { mappedResponse } from './mapped-response.ts';

/**
 * `MOCK`: the request's template says which integration response answers.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html
 * @throws GatewayFailure
 */
export function mock(passage: Passage, integration: IntegrationDefinition): ApiResponse {
  const { body } = mappedRequest(passage, integration);
  const status = statusOf(Buffer.from(body).toString('utf8'));
  if (status === undefined) {
    passage.log.error(
      () =>
        'Execution failed due to configuration error: Unable to parse statusCode. It should be an integer that is defined in the request template.',
    );
    throw notAsked();
  }
  return mappedResponse(passage, integration, {
    status,
    headers: {},
    body: new Uint8Array(),
    selected: String(status),
  });
}

/* Apache's parser, which AWS uses, takes names without quotes: `{statusCode: 200}` is in its own examples. */
function statusOf(text: string): number | undefined {
  const quoted = text.replace(/^(\s*\{\s*)statusCode(\s*:)/, '$1"statusCode"$2');
  try {
    const told = JSON.parse(quoted) as unknown;
    const status =
      typeof told === 'object' && told !== null ? (told as { statusCode?: unknown }).statusCode : undefined;
    return typeof status === 'number' && Number.isInteger(status) ? status : undefined;
  } catch {
    return undefined;
  }
}
