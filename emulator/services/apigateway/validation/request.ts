import type { ApiDefinition, MethodDefinition } from '../definition/definition.ts';
import { GatewayFailure } from '../execution/exchange.ts';
import { valuesOf, type RequestValues } from '../mapping/variables.ts';
import { ModelChecks, UnusableModel } from './models.ts';

type Checked = Pick<ApiDefinition, 'models' | 'requestValidators'>;

/**
 * Holds requests against a snapshot's validators; one for each snapshot, since it compiles models once.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
 */
export class RequestValidation {
  readonly #definition: Checked;
  readonly #models: ModelChecks;

  constructor(definition: Checked) {
    this.#definition = definition;
    this.#models = new ModelChecks(definition.models);
  }

  /** @throws GatewayFailure BAD_REQUEST_PARAMETERS, BAD_REQUEST_BODY; API_CONFIGURATION_ERROR for an unusable model */
  check(method: MethodDefinition, request: RequestValues): void {
    const validator = this.#definition.requestValidators[method.requestValidatorId ?? ''];
    if (validator === undefined) return;
    if (validator.validateRequestParameters) checkParameters(method, request);
    if (validator.validateRequestBody) this.#checkBody(method, request);
  }

  #checkBody(method: MethodDefinition, request: RequestValues): void {
    const model = modelFor(method.requestModels ?? {}, request);
    if (model === undefined) return;
    try {
      const refused = this.#models.refuse(model, request.body);
      if (refused === undefined) return;
      throw new GatewayFailure('BAD_REQUEST_BODY', 'Invalid request body', {
        validationErrors: refused.validationErrors,
      });
    } catch (error) {
      if (!(error instanceof UnusableModel)) throw error;
      throw new GatewayFailure('API_CONFIGURATION_ERROR', 'Internal server error', { cause: error });
    }
  }
}

/** Required and there, and not blank. */
function checkParameters(method: MethodDefinition, request: RequestValues): void {
  const missing = Object.entries(method.requestParameters ?? {})
    .filter(([, required]) => required)
    .map(([key]) => key)
    // Headers, path, query: as recorded, the order of their full names.
    .sort()
    .flatMap((key) => {
      const [, place = '', name = ''] = /^method\.request\.(header|path|querystring)\.(.+)$/.exec(key) ?? [];
      return place === '' || isThere(place, name, request) ? [] : [name];
    });
  if (missing.length === 0) return;
  throw new GatewayFailure(
    'BAD_REQUEST_PARAMETERS',
    `Missing required request parameters: [${missing.join(', ')}]`,
  );
}

function isThere(place: string, name: string, request: RequestValues): boolean {
  if (place === 'path') return Object.hasOwn(request.path, name) && (request.path[name] ?? '') !== '';
  const values =
    place === 'header' ? valuesOf(request.headers, name, true) : valuesOf(request.query, name, false);
  return (values ?? []).some((value) => value.trim() !== '');
}

/** By the body's content type, JSON where it has none; `$default` for all that have no model of their own. */
function modelFor(models: Readonly<Record<string, string>>, request: RequestValues): string | undefined {
  const header = valuesOf(request.headers, 'content-type', true)?.[0] ?? 'application/json';
  const type = (header.split(';')[0] ?? '').trim().toLowerCase();
  const found = Object.entries(models).find(([contentType]) => contentType.toLowerCase() === type);
  return found?.[1] ?? (Object.hasOwn(models, '$default') ? models['$default'] : undefined);
}
