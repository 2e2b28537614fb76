import type { Visit } from '../../../../service/site.ts';
import { addressOf, type Address } from '../../../apigateway/execution/request/parse.ts';
import type { ApiGatewayV2Catalogue, ServedStage } from '../../port.ts';

/**
 * The stage that a path names first, else `$default`, whose path has no stage.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html#http-api-develop-routes.evaluation
 * @param at where a custom domain name leads
 */
export function findStage(
  catalogue: ApiGatewayV2Catalogue,
  { id: apiId, head: { path } }: Visit,
  at: Address | undefined,
): { readonly served: ServedStage; readonly address: Address } | undefined {
  if (at !== undefined) {
    const mapped = catalogue.stageOf(at.apiId, at.stageName);
    return mapped && { served: mapped, address: at };
  }
  const address = addressOf(apiId, path);
  const named = address.stageName === '$default' ? undefined : catalogue.stageOf(apiId, address.stageName);
  if (named !== undefined) return { served: named, address };
  const served = catalogue.stageOf(apiId, '$default');
  const { fullPath } = address;
  return served && { served, address: { ...address, stageName: '$default', rawPath: fullPath } };
}
