import type { KeyObject } from 'node:crypto';
import type { Clock } from '../../../../clock/clock.ts';
import type { IssuerKeys } from '../../../../gateway/tokens/issuer-keys.ts';
import { isSignedBy, readToken, type Token } from '../../../../gateway/tokens/token.ts';
import type { AuthorizerDefinition } from '../../definition/definition.ts';
import { forbidden, unauthorized, type HttpFailure } from '../failure.ts';
import type { Passage } from '../passage.ts';
import { identityOf } from './identity.ts';

/**
 * `JWT`: the token must be the issuer's, for the audience, and have one of the route's scopes.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 * @throws HttpFailure 401, 403
 */
export async function authorizeByToken(
  clock: Clock,
  issuers: IssuerKeys,
  passage: Passage,
  authorizer: AuthorizerDefinition,
): Promise<void> {
  const { context, route } = passage;
  const [source] = identityOf(authorizer, passage);
  if (source === undefined) throw unauthorized('There is no token.', { 'www-authenticate': 'Bearer' });
  const text = source.replace(/^Bearer\s+/i, '').trim();
  if (text.split('.').length !== 3) throw invalid('token contains an invalid number of segments');
  const token = readToken(text, ['RS256', 'RS384', 'RS512']);
  if (token === undefined) throw invalid('the token is malformed or its signing method is not supported');
  const { JwtConfiguration: { Issuer = '', Audience = [] } = {} } = authorizer;
  const { claims } = token;
  if (claims['iss'] !== Issuer) throw invalid('the issuer of the token does not match');
  await checkSignature(issuers, Issuer, token);
  checkTimes(clock.now() / 1000, claims);
  if (!audienceOf(claims).some((one) => Audience.includes(one)))
    throw invalid('the token does not have a valid audience');
  const wanted = route.route.AuthorizationScopes ?? [];
  const scopes = scopesOf(claims);
  if (wanted.length > 0 && !wanted.some((scope) => scopes.includes(scope)))
    throw forbidden(`The token has none of the scopes ${wanted.join(', ')}.`, {
      'www-authenticate': `Bearer scope="${wanted.join(' ')}" error="insufficient_scope" error_description="the token does not have a valid scope"`,
    });
  const texts = Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, textOf(value)]));
  passage.authorized = { kind: 'jwt', told: { claims: texts, scopes: wanted.length === 0 ? null : scopes } };
  context.authorizer = { claims: texts };
}

/** As AWS says it. */
const invalid = (description: string): HttpFailure =>
  unauthorized(description, {
    'www-authenticate': `Bearer scope="" error="invalid_token" error_description="${description}"`,
  });

async function checkSignature(issuers: IssuerKeys, issuer: string, token: Token): Promise<void> {
  let key: KeyObject | undefined;
  try {
    key = await issuers.key(issuer, token.kid);
  } catch {
    throw invalid('OIDC discovery endpoint communication error');
  }
  if (key === undefined) throw invalid('unable to find a key that matches the kid of the token');
  if (!isSignedBy(token, key)) throw invalid('the signature of the token is invalid');
}

/** @param now s since 1970 */
function checkTimes(now: number, { exp, nbf, iat }: Token['claims']): void {
  if (typeof exp !== 'number' || exp <= now) throw invalid('the token has expired');
  if (typeof nbf === 'number' && nbf > now) throw invalid('the token is not valid yet');
  if (typeof iat === 'number' && iat > now) throw invalid('the token was issued in the future');
}

/* `client_id` counts where there is no `aud`. */
function audienceOf({ aud, client_id: client }: Token['claims']): readonly string[] {
  const given = aud ?? client;
  return (Array.isArray(given) ? given : [given]).filter((one) => typeof one === 'string');
}

function scopesOf({ scope, scp }: Token['claims']): readonly string[] {
  const given = scope ?? scp;
  if (typeof given === 'string') return given.split(' ').filter((one) => one !== '');
  return Array.isArray(given) ? given.filter((one) => typeof one === 'string') : [];
}

/* Claims come to back ends as text, lists as `[a b]` (seen on AWS). */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return `[${value.map(textOf).join(' ')}]`;
  return JSON.stringify(value);
}
