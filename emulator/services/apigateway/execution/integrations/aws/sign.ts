import { SignatureV4 } from '@smithy/signature-v4';
import { createHash, createHmac } from 'node:crypto';
import type { Cloud } from '../../../../../cloud.ts';
import type { WireIdentity } from '../../../../../service/service.ts';
import type { IntegrationDefinition } from '../../../definition/definition.ts';
import type { Passage } from '../../passage.ts';
import { notAsked } from '../failures.ts';
import { CALLERS_CREDENTIALS } from '../../../../../gateway/functions/function.ts';
import { withStageVariables } from '../../../../../gateway/stage-variables.ts';
import type { ServiceUri } from './uri.ts';

/** A call of a service. */
export interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Whether it is a call of the query protocol. */
  readonly form: boolean;
}

/**
 * Signs a call with a session of the integration's role, or as whoever called.
 * @throws GatewayFailure 500 where the gateway may not take the role, or there is none
 */
export async function sign(
  cloud: Cloud,
  { scope, variables, visitor, log, cause }: Passage,
  { credentials = '' }: IntegrationDefinition,
  { region }: ServiceUri,
  { signingName }: WireIdentity,
  { method, url, headers, body }: Asked,
): Promise<Record<string, string>> {
  const iam = await cloud.port('iam');
  const roleArn = withStageVariables(credentials, variables.stageVariables);
  const who = roleArn === CALLERS_CREDENTIALS ? await visitor() : undefined;
  const role =
    who?.kind === 'signed' && who.principal.kind === 'role'
      ? iam.role(scope.account, who.principal.roleName)
      : iam.role(scope.account, roleArn);
  const mayTake =
    who !== undefined
      ? who.kind === 'signed'
      : role !== undefined && iam.mayAssume(scope.account, role.name, 'apigateway.amazonaws.com');
  if (!mayTake || (role === undefined && who === undefined)) {
    const why = `API Gateway does not have permission to assume the provided role ${roleArn}`;
    log.error(() => `Execution failed due to configuration error: ${why}`);
    cloud.trail.record(scope, 'decision', { by: 'apigateway', outcome: 'denied', why }, cause);
    throw notAsked();
  }
  // Whoever signed with a key of the account's own is asked for as the account.
  const session =
    role === undefined
      ? {
          accessKeyId: scope.account,
          secretAccessKey: cloud.identity.secretOf(scope.account, undefined) ?? '',
          sessionToken: undefined,
        }
      : iam.session({ account: scope.account, region }, role.name, 'BackplaneAssumeRoleSession', 900);
  const { accessKeyId, secretAccessKey, sessionToken } = session;
  const signer = new SignatureV4({
    service: signingName,
    region,
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
    sha256: Sha256,
    uriEscapePath: signingName !== 's3',
  });
  const query: Record<string, string[]> = {};
  for (const [name, value] of url.searchParams) (query[name] ??= []).push(value);
  const signed = await signer.sign({
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    port: Number(url.port),
    path: url.pathname,
    query,
    headers: { ...headers, host: url.host },
    body,
  });
  return signed.headers;
}

/* What the signer asks of a hash. */
class Sha256 {
  readonly #hash: { update(data: Uint8Array): unknown; digest(): Uint8Array };
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(secret));
  }
  update(chunk: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(bytesOf(chunk));
  }
  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }
  reset(): void {
    throw new Error('One hash for one text.');
  }
}

function bytesOf(data: string | ArrayBuffer | ArrayBufferView): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data, 'utf8');
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}
