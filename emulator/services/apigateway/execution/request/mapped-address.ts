import type { ApiGatewayCatalogue } from '../../port.ts';
import { addressOf, type Address } from './parse.ts';

/** More parts than any base path has (Amazon API Gateway quotas: 300 characters). */
const MOST_PARTS = 150;

/**
 * Where a request to a custom domain name goes: the base path with the most parts at the beginning of its path counts.
 * A mapping without a stage leaves it to the path's next part.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html
 */
export function mappedAddress(
  catalogue: Pick<ApiGatewayCatalogue, 'mappingOf'>,
  domainName: string,
  path: string,
): Address | undefined {
  const wildcard = domainName.replace(/^[^.]+/, '*');
  const whole = path.replace(/^\/+/, '');
  const parts = whole.split('/', MOST_PARTS);
  for (let count = parts.length; count >= 0; count -= 1) {
    const basePath = parts.slice(0, count).join('/');
    // A slash alone is no base path: the empty one is the mapping `(none)`.
    if (count > 0 && basePath === '') continue;
    const mapping = catalogue.mappingOf(domainName, basePath) ?? catalogue.mappingOf(wildcard, basePath);
    if (mapping === undefined) continue;
    const { apiId, stageName } = mapping;
    const rest = `/${whole.slice(basePath.length).replace(/^\//, '')}`;
    const below = addressOf(apiId, stageName === undefined ? rest : `/${stageName}${rest}`);
    return { ...below, fullPath: path, domainName };
  }
  return undefined;
}
