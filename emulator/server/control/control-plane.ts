import { randomUUID } from 'node:crypto';
import type { SealedIdentity } from '../../identity/sealed-identity.ts';
import { stranger } from '../../service/access.ts';
import type { Call, Principal } from '../../service/call.ts';
import { ServiceFailure } from '../../service/failure.ts';
import type { WireIdentity } from '../../service/service.ts';
import type { Admission } from '../../service/site.ts';
import type { State } from '../../state/state.ts';
import type { Trail, TrailId } from '../../trail/trail.ts';
import { recognise } from '../../wire/recognise.ts';
import { addressed, isForm } from '../../wire/route/protocol.ts';
import type { WireAnswer, WireRequest } from '../../wire/wire.ts';
import { findCredentials } from '../access/credentials.ts';
import { SigningTimes } from '../access/signing-times.ts';
import { withHoisted } from '../access/hoisted.ts';
import { refusals } from '../access/refusals.ts';
import { bodyLimit, UNSIGNED_LIMIT } from '../http/body-limits.ts';
import { BodyTooLarge, type Exchange } from '../http/exchange.ts';
import { authenticate } from './authenticate.ts';
import { authorise } from './authorise.ts';
import { answerForm } from './forms.ts';
import { answerPage } from './pages.ts';
import type { HostedService, ServiceHost } from './service-host.ts';
import { answerAtDomain, answerAtSite, knockAtSite, type SiteParts } from './sites.ts';
import { plainFailure } from './unserved.ts';

/** What the control plane works with. */
export interface ControlPlaneParts {
  readonly origin: string;
  readonly host: ServiceHost;
  readonly identities: readonly WireIdentity[];
  readonly identity: SealedIdentity;
  readonly state: State;
  readonly trail: Trail;
  /** ms that have passed in the cloud since the host's time was this. */
  readonly since: (hostTime: number) => number;
  readonly signatures: 'shape' | 'verified';
  /** Told one line of every error that is the cloud's own. */
  readonly log: (line: string) => void;
}

/** A request whose sender is known. */
interface Authenticated {
  readonly request: WireRequest;
  readonly service: HostedService;
  readonly principal: Principal;
  readonly region: string;
}

/** Where calls of AWS's APIs go: who is it, which operation, may they, then the operation. */
export class ControlPlane {
  readonly #parts: ControlPlaneParts;
  readonly #signingTimes = new SigningTimes();

  constructor(parts: ControlPlaneParts) {
    this.#parts = parts;
  }

  /** The answer to a request. @throws ClientGone where nobody waits for one */
  async answer(exchange: Exchange): Promise<WireAnswer> {
    const visited = await this.#visit(exchange);
    if (visited !== undefined) return visited;
    const requestId = randomUUID();
    const found = findCredentials(exchange.head);
    const credentials = found.kind === 'found' ? found.credentials : undefined;
    const signed = credentials?.service;
    const head: WireRequest = { ...exchange.head, body: new Uint8Array() };
    if (found.kind === 'none') {
      const served = await this.#stranger(exchange, head, requestId);
      if (served !== undefined) return served;
    }

    let request: WireRequest;
    try {
      request = { ...exchange.head, body: await this.#body(exchange, signed) };
    } catch (error) {
      if (!(error instanceof BodyTooLarge)) throw error;
      return await this.#tooLarge(head, signed, error, requestId);
    }

    const wire = recognise(request, signed, this.#parts.identities);
    const service = wire === undefined ? undefined : await this.#parts.host.service(wire.id);
    if (service === undefined) return unserved(request, signed, requestId);
    const refuse = (failure: ServiceFailure): WireAnswer =>
      service.codec.failure(request, undefined, failure, requestId);

    if (found.kind === 'malformed')
      return refuse(refusals.malformed(service.wire, found.where, found.message));
    if (credentials === undefined) {
      const operation = service.codec.operationOf(request);
      if (operation === undefined || !service.unsigned.includes(operation))
        return refuse(refusals.unsigned(service.wire));
      return await this.#run(
        exchange,
        { request, service, principal: stranger('000000000000'), region: 'us-east-1' },
        requestId,
      );
    }
    const authentication = { ...this.#parts, signingTimes: this.#signingTimes };
    const principal = authenticate(authentication, request, credentials, service.wire);
    if (principal instanceof ServiceFailure) return refuse(principal);
    const meant = wire?.id === 's3' ? withHoisted(request, credentials) : request;
    const who = { request: meant, service, principal, region: credentials.region };
    return await this.#run(exchange, who, requestId);
  }

  /** The answer at an address of a student's own making; undefined: it is none. @throws ClientGone */
  async atSite(exchange: Exchange): Promise<WireAnswer | undefined> {
    return await answerAtSite(this.#siteParts(), exchange);
  }

  /** The answer at a domain name that a student has made; undefined: nobody has. @throws ClientGone */
  async atDomain(exchange: Exchange): Promise<WireAnswer | undefined> {
    return await answerAtDomain(this.#siteParts(), exchange);
  }

  /** Whether a client may speak WebSocket at such an address; undefined: nothing there speaks it. @throws ClientGone */
  async knock(exchange: Exchange): Promise<WireAnswer | Admission | undefined> {
    return await knockAtSite(this.#siteParts(), exchange);
  }

  #siteParts(): SiteParts {
    const { host, identities, state } = this.#parts;
    return {
      host,
      identities,
      state,
      authenticate: (request, credentials, wire) =>
        authenticate({ ...this.#parts, signingTimes: this.#signingTimes }, request, credentials, wire),
    };
  }

  /* Addresses that a service gives out carry a signature of its own, which looks like one for S3. */
  async #visit({ head }: Exchange): Promise<WireAnswer | undefined> {
    const wire = this.#parts.identities.find(({ addresses = [] }) =>
      addresses.some((start) => head.path.startsWith(start)),
    );
    if (wire === undefined || (head.method !== 'GET' && head.method !== 'HEAD')) return undefined;
    const service = await this.#parts.host.service(wire.id);
    return await service?.visit?.({ ...head, body: new Uint8Array() });
  }

  /**
   * The answer to a page of another origin, where the resource that it names was opened to it; undefined: it may
   * not ask at all.
   */
  async fromPage(exchange: Exchange): Promise<WireAnswer | undefined> {
    const { identities, host } = this.#parts;
    return await answerPage(
      { identities, host, answer: async () => await this.answer(exchange) },
      exchange.head,
    );
  }

  /* Whoever comes without a signature where one may: with one in a form's fields, or to what is open to anybody. */
  async #stranger(exchange: Exchange, head: WireRequest, requestId: string): Promise<WireAnswer | undefined> {
    const wire = recognise(head, undefined, this.#parts.identities);
    if (wire?.open !== true || isForm(head)) return undefined;
    const service = await this.#parts.host.service(wire.id);
    if (service === undefined) return undefined;
    const posts = head.method === 'POST' && head.headers['content-type']?.startsWith('multipart/form-data');
    const account = posts === true ? undefined : service.access?.ownerOf?.(head);
    if (posts !== true && account === undefined) return undefined;
    let request: WireRequest;
    try {
      const { bytes } = bodyLimit(exchange.head, wire.signingName);
      request = { ...exchange.head, body: await exchange.body(bytes) };
    } catch (error) {
      if (!(error instanceof BodyTooLarge)) throw error;
      return await this.#tooLarge(head, wire.signingName, error, requestId);
    }
    if (account === undefined)
      return await answerForm(
        { ...this.#parts, signingTimes: this.#signingTimes },
        service,
        request,
        requestId,
        (who, operation) => this.#callOf(exchange, { request, service, ...who }, operation, requestId),
      );
    const who = { request, service, principal: stranger(account), region: 'us-east-1' };
    return await this.#run(exchange, who, requestId);
  }

  /* What carries no signature is not worth holding, except a form: it says which service should refuse it. */
  async #body(exchange: Exchange, signed: string | undefined): Promise<Uint8Array> {
    if (signed !== undefined) return await exchange.body(bodyLimit(exchange.head, signed).bytes);
    const form = exchange.head.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
    return form === true ? await exchange.body(UNSIGNED_LIMIT) : new Uint8Array();
  }

  async #tooLarge(
    head: WireRequest,
    signed: string | undefined,
    error: BodyTooLarge,
    requestId: string,
  ): Promise<WireAnswer> {
    const wire = recognise(head, signed, this.#parts.identities);
    const service = wire === undefined ? undefined : await this.#parts.host.service(wire.id);
    if (service === undefined)
      return plainFailure(head, 413, 'RequestEntityTooLargeException', error.message, requestId);
    const { stated, operation } = bodyLimit(head, signed ?? '');
    const failure = refusals.tooLarge(service.wire, stated ?? error.limit, operation);
    return service.codec.failure(head, undefined, failure, requestId);
  }

  async #run(exchange: Exchange, who: Authenticated, requestId: string): Promise<WireAnswer> {
    const { request, service } = who;
    const { codec, wire } = service;
    const operation = codec.operationOf(request);
    if (operation === undefined) {
      const failure = refusals.unknownOperation(wire, addressed(request, wire).operation);
      return codec.failure(request, undefined, failure, requestId);
    }
    const call = this.#callOf(exchange, who, operation, requestId);
    const { trail: entry } = call;
    const { trail } = this.#parts;
    try {
      const output = await this.#perform(service, request, call);
      const answer = await codec.answer(request, operation, output, requestId);
      // Before the first byte of the answer: what a client was told of is kept.
      this.#parts.state.commit();
      trail.complete(entry, { status: answer.status });
      return answer;
    } catch (error) {
      return this.#failed(service, request, call, error, entry);
    }
  }

  #callOf(exchange: Exchange, who: Authenticated, operation: string, requestId: string): Call {
    const { request, service, principal, region } = who;
    const scope = { account: principal.account, region };
    const { trail, origin } = this.#parts;
    const facts = { service: service.wire.id, operation, requestId, principal: principal.arn };
    const traceHeader = request.headers['x-amzn-trace-id'];
    return {
      ...scope,
      requestId,
      principal,
      service: service.wire.id,
      operation,
      signal: exchange.signal,
      trail: trail.record(scope, 'api.call', facts),
      origin,
      ...(traceHeader === undefined ? {} : { traceHeader }),
    };
  }

  async #perform(service: HostedService, request: WireRequest, call: Call): Promise<unknown> {
    const run = service.operations[call.operation];
    if (run === undefined) throw refusals.notImplemented(service.wire, call.operation);
    const authority = { iam: () => this.#parts.host.port('iam'), trail: this.#parts.trail };
    let input: Readonly<Record<string, unknown>>;
    try {
      ({ input } = await service.codec.read(request, call.operation));
    } catch (error) {
      // Who may not call at all is told that, not what was wrong with the request.
      await authorise(authority, service, call, undefined);
      throw error;
    }
    await authorise(authority, service, call, input);
    return await run(input, call);
  }

  #failed(
    service: HostedService,
    request: WireRequest,
    call: Call,
    error: unknown,
    entry: TrailId,
  ): WireAnswer {
    let failure = error;
    try {
      // An operation that failed may have changed something first.
      this.#parts.state.commit();
    } catch (notKept) {
      failure = notKept;
    }
    if (!(failure instanceof ServiceFailure)) this.#parts.log(defectLine(call, failure));
    const answer = service.codec.failure(request, call.operation, failure, call.requestId);
    const code = failure instanceof ServiceFailure ? failure.code : 'InternalFailure';
    this.#parts.trail.complete(entry, { status: answer.status, error: code });
    return answer;
  }
}

function defectLine({ service, operation, requestId }: Call, error: unknown): string {
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const stack =
    process.env['COLDSTART_DEBUG'] === '1' && error instanceof Error ? `\n${error.stack ?? ''}` : '';
  return `${service}:${operation} failed inside the cloud (request ${requestId}): ${said}${stack}`;
}

function unserved(request: WireRequest, signed: string | undefined, requestId: string): WireAnswer {
  if (signed === undefined)
    return plainFailure(
      request,
      403,
      'MissingAuthenticationTokenException',
      'Missing Authentication Token',
      requestId,
    );
  const name = /^[\w.-]{1,64}$/.test(signed) ? signed : 'such service';
  return plainFailure(
    request,
    501,
    'NotImplementedException',
    `Coldstart's embedded cloud has no ${name} yet.`,
    requestId,
  );
}
