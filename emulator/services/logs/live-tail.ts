import { randomUUID } from 'node:crypto';
import type {
  LiveTailSessionLogEvent,
  StartLiveTailRequest,
  StartLiveTailResponseStream,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Call } from '../../service/call.ts';
import { ServiceFailure } from '../../service/failure.ts';
import { groupArn, groupOfArn, requireReadable } from './arns.ts';
import type { LogsOperations } from './client.ts';
import { invalidParameter, noSuchGroup } from './failures.ts';
import type { FilterPattern } from './filter-pattern/pattern.ts';
import { requestedPattern } from './patterns.ts';
import type { AppendListener, LogStore } from './store.ts';

/** An update is sent every second, with or without events; of more than 500 events it holds a sample. */
const UPDATE_EVERY = 1_000;
const EVENTS_AN_UPDATE = 500;
/** "Live Tail sessions time out after three hours", on the cloud's clock. */
const LONGEST = 3 * 3_600_000;
const GROUPS = 10;
/** Concurrent sessions of an account in a region: CloudWatch Logs quotas. */
const SESSIONS = 15;

/** StartLiveTail, with the sessions it has open. */
export function liveTail(store: LogStore): {
  readonly operations: LogsOperations;
  stop(): void;
} {
  const sessions = new Set<Session>();
  return {
    operations: {
      StartLiveTail(input, call) {
        const { account, region } = call;
        const open = [...sessions].filter(
          ({ scope }) => scope.account === account && scope.region === region,
        );
        if (open.length >= SESSIONS)
          throw new ServiceFailure(
            'LimitExceededException',
            `The maximum of ${SESSIONS} concurrent Live Tail sessions has been reached.`,
          );
        const session = new Session(store, input, call, () => sessions.delete(session));
        sessions.add(session);
        return { responseStream: session };
      },
    },
    stop: () => {
      for (const session of sessions) session.end();
    },
  };
}

/** One session. Listening begins when it is made, so that nothing is missed until the client reads. */
class Session implements AsyncIterable<StartLiveTailResponseStream> {
  readonly scope: { readonly account: string; readonly region: string };
  readonly #request: StartLiveTailRequest;
  readonly #requestId: string;
  readonly #groups: ReadonlySet<string>;
  readonly #pattern: FilterPattern;
  readonly #closing: (() => void)[] = [];
  #matched: LiveTailSessionLogEvent[] = [];
  #seen = 0;
  #over: 'ended' | 'timed out' | undefined;
  #wake: (() => void) | undefined;

  constructor(store: LogStore, request: StartLiveTailRequest, call: Call, closed: () => void) {
    const { account, region, signal } = call;
    this.scope = { account, region };
    this.#request = request;
    this.#requestId = call.requestId;
    this.#groups = requestedGroups(store, request, call);
    this.#pattern = requestedPattern(request.logEventFilterPattern ?? '', 'Invalid filter pattern: ');
    const gone = (): void => this.end();
    const timer = store.cloud.clock.after(LONGEST, () => this.#finish('timed out'));
    signal.addEventListener('abort', gone, { once: true });
    this.#closing.push(
      store.listen(this.#listen),
      () => timer.cancel(),
      () => signal.removeEventListener('abort', gone),
      closed,
    );
    if (signal.aborted) this.end();
  }

  /** Ends the stream; the client sees it close. */
  end(): void {
    this.#finish('ended');
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<StartLiveTailResponseStream> {
    try {
      const { logGroupIdentifiers, logStreamNames, logStreamNamePrefixes, logEventFilterPattern } =
        this.#request;
      yield {
        sessionStart: {
          requestId: this.#requestId,
          sessionId: randomUUID(),
          logGroupIdentifiers,
          logStreamNames: logStreamNames ?? [],
          logStreamNamePrefixes: logStreamNamePrefixes ?? [],
          logEventFilterPattern: logEventFilterPattern ?? '',
        },
      };
      for (;;) {
        await this.#pause();
        if (this.#over === 'ended') return;
        const sessionResults = this.#matched;
        const sampled = this.#seen > sessionResults.length;
        this.#matched = [];
        this.#seen = 0;
        yield { sessionUpdate: { sessionMetadata: { sampled }, sessionResults } };
        if (this.#over === 'timed out')
          throw new ServiceFailure('SessionTimeoutException', 'The Live Tail session timed out.');
      }
    } finally {
      this.end();
    }
  }

  readonly #listen: AppendListener = ({ account, region }, { row }, events) => {
    if (account !== this.scope.account || region !== this.scope.region || !this.#groups.has(row.group))
      return;
    const { logStreamNames, logStreamNamePrefixes } = this.#request;
    if (logStreamNames !== undefined && !logStreamNames.includes(row.name)) return;
    if (
      logStreamNamePrefixes !== undefined &&
      !logStreamNamePrefixes.some((prefix) => row.name.startsWith(prefix))
    )
      return;
    for (const { t, i, m } of events) {
      if (this.#pattern.match(m) === undefined) continue;
      this.#seen += 1;
      if (this.#matched.length >= EVENTS_AN_UPDATE) continue;
      this.#matched.push({
        logGroupIdentifier: `${account}:${row.group}`,
        logStreamName: row.name,
        timestamp: t,
        ingestionTime: i,
        message: m,
      });
    }
  };

  /** Until the next update is due or the session is over. */
  async #pause(): Promise<void> {
    if (this.#over !== undefined) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, UPDATE_EVERY).unref();
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = undefined;
  }

  #finish(how: 'ended' | 'timed out'): void {
    this.#over ??= how;
    for (const close of this.#closing.splice(0)) close();
    this.#wake?.();
  }
}

/** @throws InvalidParameterException, ResourceNotFoundException, InvalidOperationException */
function requestedGroups(store: LogStore, request: StartLiveTailRequest, call: Call): ReadonlySet<string> {
  const { logGroupIdentifiers = [], logStreamNames, logStreamNamePrefixes } = request;
  if (logGroupIdentifiers.length > GROUPS)
    throw invalidParameter(`A Live Tail session can include at most ${GROUPS} log groups.`);
  if (logStreamNames !== undefined && logStreamNamePrefixes !== undefined)
    throw invalidParameter('logStreamNames and logStreamNamePrefixes are mutually exclusive parameters.');
  if (logGroupIdentifiers.length !== 1 && (logStreamNames ?? logStreamNamePrefixes) !== undefined)
    throw invalidParameter(
      'logStreamNames and logStreamNamePrefixes can be specified only with exactly one log group.',
    );
  return new Set(
    logGroupIdentifiers.map((identifier) => {
      if (!identifier.startsWith('arn:'))
        throw invalidParameter(
          `The log group identifier ${identifier} is not the ARN of a log group, such as ${groupArn(call, 'my-logs')}.`,
        );
      const name = groupOfArn(call, identifier);
      if (name === undefined) throw noSuchGroup();
      requireReadable(store.group(call, name), 'StartLiveTail', 'InvalidOperationException');
      return name;
    }),
  );
}
