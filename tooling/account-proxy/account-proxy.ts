import { randomUUID } from 'node:crypto';
import { Agent, request as ask } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { Exchange } from '../../emulator/server/http/exchange.ts';
import { listen } from '../../emulator/server/http/listener.ts';
import { ServiceFailure } from '../../emulator/service/failure.ts';
import type { WireAnswer, WireRequest } from '../../emulator/wire/wire.ts';
import { readCall, type Call } from './call.ts';
import { drawn, Faults, fingerprint, throttling, type Fault, type FaultRates } from './faults.ts';
import { Lag } from './lag.ts';
import { Rates } from './rates.ts';
import { Settling } from './settling.ts';
import { isRead, Names, subjectsOf } from './subjects.ts';

export interface AccountProxyOptions {
  /** The cloud that stands behind: `http://127.0.0.1:…`. */
  readonly upstream: string;
  /** The same seed refuses the same calls. */
  readonly seed: string;
  readonly rates: FaultRates;
  /** How long a read may lag behind a write, and a role or a function may take to settle. ms */
  readonly lagMs: number;
  /** The longest that an answer is held back. ms */
  readonly delayMs: number;
  /** Whether the rates of API Gateway's control plane are kept. */
  readonly controlRates: boolean;
  /** Whether something of this name may be changed by whoever signs with this key. */
  readonly allows: (account: string, name: string) => boolean;
}

/** What the proxy did with a call. */
export type Verdict = 'passed' | Fault['kind'] | 'rate' | 'too soon' | 'stale' | 'forbidden';

export interface RecordedCall {
  readonly service: string;
  readonly operation: string;
  readonly account: string;
  /** What it is about, by name where the name is known. */
  readonly names: readonly string[];
  readonly tags: unknown;
  readonly verdict: Verdict;
}

export interface AccountProxy {
  readonly origin: string;
  /** Every call, in the order in which they came. */
  readonly calls: readonly RecordedCall[];
  /** What should not have been asked, in words. A run that leaves any has failed. */
  readonly violations: readonly string[];
  /** The same of one account. */
  violationsOf(account: string): readonly string[];
  stop(): Promise<void>;
}

/**
 * Stands in front of a cloud on this machine and plays a real account: calls are throttled and fail, reads lag behind
 * writes, roles and functions take their time, and whoever changes what is not theirs is found out. It knows AWS's
 * protocols from the SDK's own schemas. Binds to loopback.
 */
export async function startAccountProxy(options: AccountProxyOptions): Promise<AccountProxy> {
  const upstream = new URL(options.upstream);
  if (upstream.hostname !== '127.0.0.1') throw new Error(`${options.upstream} is not on this machine.`);
  const agent = new Agent({ keepAlive: true });
  const player = new Player(options);
  const asked = async (request: WireRequest) => {
    const here = `http://${request.headers['host'] ?? ''}`;
    return withOrigin(await forward(upstream, agent, request), upstream.origin, here);
  };
  const listener = await listen(0, {
    request: (message, response) => {
      void serve(new Exchange(message, response), player, asked).catch(() => response.destroy());
    },
    // Nothing of the labs speaks WebSocket.
    upgrade: (_, asPlain) => asPlain(),
  });
  return {
    origin: `http://127.0.0.1:${String(listener.port)}`,
    calls: player.calls,
    get violations() {
      return player.violations.map(({ what }) => what);
    },
    violationsOf: (account) =>
      player.violations.filter((each) => each.account === account).map(({ what }) => what),
    async stop() {
      await listener.close();
      agent.destroy();
    },
  };
}

/** More than any lab sends. bytes */
const longestBody = 100 * 1024 * 1024;

type Forward = (request: WireRequest) => Promise<WireAnswer>;

/** Decides what becomes of each call. */
class Player {
  readonly calls: RecordedCall[] = [];
  readonly violations: { readonly account: string; readonly what: string }[] = [];
  readonly #options: AccountProxyOptions;
  readonly #names = new Names();
  readonly #faults: Faults;
  readonly #lag: Lag;
  readonly #settling: Settling;
  readonly #rates: Rates;

  constructor(options: AccountProxyOptions) {
    const now = () => performance.now();
    this.#options = options;
    this.#faults = new Faults(options.seed, options.rates);
    this.#lag = new Lag(options.seed, options.lagMs, now);
    this.#settling = new Settling(options.seed, options.lagMs, now);
    this.#rates = new Rates(now);
  }

  async answer(call: Call, forward: Forward): Promise<WireAnswer> {
    await pause(drawn(this.#options.seed, 'delay', fingerprint(call)) * this.#options.delayMs);
    const refused = this.#refused(call);
    if (refused !== undefined) {
      if (refused[0] === 'lost') await forward(call.request);
      return this.#refuse(call, ...refused);
    }
    const stale = this.#lag.stale(call);
    if (stale?.kind === 'absent') return this.#refuse(call, 'stale', stale.failure);
    if (stale?.kind === 'before') {
      this.#record(call, 'stale');
      return stale.answer;
    }
    const answer = await forward(call.request);
    const good = answer.status < 300;
    if (good) {
      this.#names.learn(call, jsonOf(answer));
      if (answer.body instanceof Uint8Array)
        this.#names.learnChangeSet(call, Buffer.from(answer.body).toString('utf8'));
      this.#lag.wrote(call);
      this.#settling.wrote(call);
    }
    if (stale === undefined) this.#lag.read(call, answer);
    this.#record(call, stale === undefined ? 'passed' : 'stale');
    const told = stale === undefined ? answer : withJson(answer, (body) => without(body, stale.names));
    return good ? withJson(told, (body) => this.#settling.told(call, body)) : told;
  }

  #refused(call: Call): readonly [Verdict, ServiceFailure] | undefined {
    const foreign = this.#foreign(call);
    if (foreign !== undefined) {
      this.violations.push({ account: call.account, what: foreign });
      return ['forbidden', new ServiceFailure('AccessDeniedException', foreign, { status: 403 })];
    }
    const fault = this.#faults.of(call);
    const early = this.#settling.refuses(call);
    // What could not be carried out yet has no answer to lose.
    if (fault !== undefined && (fault.kind !== 'lost' || early === undefined))
      return [fault.kind, fault.failure];
    if (early !== undefined) return ['too soon', early];
    if (this.#options.controlRates && this.#rates.exceeded(call)) return ['rate', throttling(call.service)];
    return undefined;
  }

  /** What a call changes that is not the caller's, in words. */
  #foreign(call: Call): string | undefined {
    if (isRead(call)) return undefined;
    const what = `${call.service} ${call.operation}`;
    const subjects = subjectsOf(call);
    if (subjects.length === 0) return `${what} changes the account itself`;
    for (const subject of subjects) {
      const name = this.#names.of(call, subject);
      if (name === undefined) return `${what} changes ${subject}, and nobody has asked what that is`;
      if (!this.#options.allows(call.account, name)) return `${what} changes ${name}`;
    }
    return undefined;
  }

  #refuse(call: Call, verdict: Verdict, failure: ServiceFailure): WireAnswer {
    this.#record(call, verdict);
    return call.wire.failure(call.request, call.operation, failure, randomUUID());
  }

  #record(call: Call, verdict: Verdict): void {
    const { service, operation, account, input } = call;
    const names = subjectsOf(call).map((subject) => this.#names.of(call, subject) ?? subject);
    const tags = input['Tags'] ?? input['tags'];
    this.calls.push({ service, operation, account, names, tags, verdict });
  }
}

async function serve(exchange: Exchange, player: Player, forward: Forward): Promise<void> {
  const request = { ...exchange.head, body: await exchange.body(longestBody) };
  const call = await readCall(request);
  await exchange.answer(await (call === undefined ? forward(request) : player.answer(call, forward)));
}

/** Addresses that the cloud gives out lead back here; what somebody keeps in a bucket stays as it is. */
function withOrigin(answer: WireAnswer, from: string, to: string): WireAnswer {
  const { body, headers } = answer;
  const text = /json|xml/.test(headers['content-type'] ?? '') && body instanceof Uint8Array;
  if (!text || !Buffer.from(body).includes(from)) return answer;
  const bytes = Buffer.from(Buffer.from(body).toString('utf8').replaceAll(from, to));
  return { ...answer, headers: { ...headers, 'content-length': String(bytes.byteLength) }, body: bytes };
}

function forward(upstream: URL, agent: Agent, request: WireRequest): Promise<WireAnswer> {
  const { method, path, query, headers, body } = request;
  return new Promise((resolve, reject) => {
    const sending = ask(
      {
        agent,
        host: upstream.hostname,
        port: upstream.port,
        method,
        path: query === '' ? path : `${path}?${query}`,
        headers: { ...headers, 'content-length': String(body.byteLength), connection: 'keep-alive' },
        setHost: false,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () => {
          const own: Record<string, string> = {};
          const repeated: Record<string, readonly string[]> = {};
          for (const [name, values = []] of Object.entries(response.headersDistinct))
            if (values.length > 1) repeated[name] = values;
            else if (!/^(?:connection|transfer-encoding|keep-alive)$/.test(name)) own[name] = values[0] ?? '';
          resolve({
            status: response.statusCode ?? 500,
            headers: own,
            repeated,
            body: Buffer.concat(chunks),
          });
        });
      },
    );
    sending.once('error', reject);
    sending.end(body);
  });
}

function jsonOf({ body }: WireAnswer): unknown {
  if (!(body instanceof Uint8Array) || (body[0] !== 0x7b && body[0] !== 0x5b)) return undefined;
  try {
    return JSON.parse(Buffer.from(body).toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

/** The answer with another body, where it has one in JSON. */
function withJson(answer: WireAnswer, change: (body: unknown) => unknown): WireAnswer {
  const body = jsonOf(answer);
  if (body === undefined) return answer;
  const changed = change(body);
  if (changed === body) return answer;
  const bytes = Buffer.from(JSON.stringify(changed));
  return {
    ...answer,
    headers: { ...answer.headers, 'content-length': String(bytes.byteLength) },
    body: bytes,
  };
}

/** A list without what is named so. */
function without(body: unknown, names: readonly string[]): unknown {
  const named = (value: unknown): boolean =>
    typeof value === 'string' && names.some((name) => value === name || value.endsWith(`/${name}`));
  if (Array.isArray(body))
    return body
      .filter((each) => !named(each) && !(isObject(each) && Object.values(each).some(named)))
      .map((each) => without(each, names));
  if (!isObject(body)) return body;
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [key, without(value, names)]));
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
