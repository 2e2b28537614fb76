import type { Cloud } from '../../../../../cloud.ts';
import type { AuthorizerDefinition } from '../../../definition/definition.ts';
import { GatewayFailure } from '../../exchange.ts';
import type { Passage } from '../../passage.ts';
import { identityOf, isOfForm } from '../lambda-authorizer/identity.ts';
import type { PoolKeys } from './keys.ts';
import { isSignedBy, readToken, type Token } from '../../../../../gateway/tokens/token.ts';

/**
 * `COGNITO_USER_POOLS`: the token must be one of the pools'. Without scopes on the method it is an identity token,
 * with scopes an access token that has one of them.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-integrate-with-cognito.html
 * @throws GatewayFailure UNAUTHORIZED, AUTHORIZER_FAILURE
 */
export async function authorizeByPool(
  { cloud, poolKeys }: { readonly cloud: Cloud; readonly poolKeys: PoolKeys },
  passage: Passage,
  authorizer: AuthorizerDefinition,
): Promise<Record<string, string>> {
  const { context, route, log } = passage;
  const [source = ''] = identityOf(authorizer, passage);
  const token = readToken(source.replace(/^Bearer\s+/i, ''));
  if (token === undefined) throw unauthorized();
  const { claims } = token;
  await checkSignature(poolKeys, token, authorizer);
  if (!isOfForm(authorizer.identityValidationExpression, audienceOf(claims))) throw unauthorized();
  const now = cloud.clock.now() / 1000;
  if (typeof claims['exp'] !== 'number' || claims['exp'] <= now)
    throw new GatewayFailure('UNAUTHORIZED', 'The incoming token has expired');
  if (typeof claims['nbf'] === 'number' && claims['nbf'] > now) throw unauthorized();
  const wanted = route.method.authorizationScopes ?? [];
  const use = claims['token_use'];
  if (wanted.length > 0) {
    const scopes = typeof claims['scope'] === 'string' ? claims['scope'].split(' ') : [];
    if (use !== 'access' || !wanted.some((scope) => scopes.includes(scope))) throw unauthorized();
  } else if (use !== 'id') throw unauthorized();
  const texts = Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [name, textOf(name, value)]),
  );
  context.authorizer = { claims: texts };
  log.info(() => 'Successfully completed authorizer execution');
  return texts;
}

/** @throws GatewayFailure */
async function checkSignature(
  poolKeys: PoolKeys,
  token: Token,
  { providerARNs = [] }: AuthorizerDefinition,
): Promise<void> {
  const issuers = providerARNs.map((arn) => {
    const [, , , region = '', , resource = ''] = arn.split(':');
    return poolKeys.issuer(region, resource.slice(resource.indexOf('/') + 1));
  });
  const issuer = issuers.find((one) => one === token.claims['iss']);
  if (issuer === undefined) throw unauthorized();
  let key: Awaited<ReturnType<PoolKeys['key']>>;
  try {
    key = await poolKeys.key(issuer, token.kid);
  } catch (error) {
    throw new GatewayFailure('AUTHORIZER_FAILURE', null, { cause: error });
  }
  if (key === undefined || !isSignedBy(token, key)) throw unauthorized();
}

const unauthorized = (): GatewayFailure => new GatewayFailure('UNAUTHORIZED', 'Unauthorized');

const audienceOf = ({ aud, client_id: client }: Token['claims']): string =>
  typeof aud === 'string' ? aud : typeof client === 'string' ? client : '';

/* Times come to back ends as Java writes dates; lists as text. */
function textOf(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  if ((name === 'exp' || name === 'iat') && typeof value === 'number') {
    // `Mon, 23 Nov 2026 11:51:40 GMT` → `Mon Nov 23 11:51:40 UTC 2026`
    const [day = '', date = '', month = '', year = '', time = ''] = new Date(value * 1000)
      .toUTCString()
      .split(/,? /);
    return `${day} ${month} ${date} ${time} UTC ${year}`;
  }
  return Array.isArray(value) ? value.map(String).join(',') : JSON.stringify(value);
}
