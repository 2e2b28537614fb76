import type { Visitor, Upgrade } from '../../../../service/site.ts';
import type { ApiRequest } from '../../../apigateway/execution/exchange.ts';
import { valuesOf } from '../../../../gateway/values.ts';
import { endings, type Connection, type Ending } from '../../connections/connection.ts';
import { drawWebSocketId } from '../../connections/connections.ts';
import type { Arrival } from '../connect/door.ts';
import type { Gates } from '../gates.ts';
import { routeFor, routesOf } from '../routes/routes.ts';
import { failureText, take } from '../turn/take.ts';
import { turnOf, type Given } from '../turn/turn.ts';
import { Speaker } from './speaker.ts';

/** Nobody signs messages: whoever connected is known from then. */
const nobody = async (): Promise<Visitor> => await Promise.resolve({ kind: 'anonymous' });

/** What clients say once they are connected, and what they hear. */
export class Conversation {
  readonly #gates: Gates;
  readonly #speaker: Speaker;
  readonly #arrivals = new WeakMap<Connection, Arrival>();
  #ending = false;

  constructor(gates: Gates) {
    this.#gates = gates;
    this.#speaker = new Speaker(gates, {
      message: async (connection, text) => {
        try {
          await this.#message(connection, text);
        } catch {
          const { connectionId } = connection.facts;
          connection.send(failureText({ said: null }, connectionId, drawWebSocketId()));
        }
      },
      // Nobody is left to be told; a cloud that is ending has no logs either.
      ended: (connection, code, reason) =>
        this.#left(this.#arrivalOf(connection), connection.ended(code, reason)).catch(() => undefined),
    });
  }

  /** Makes the connection of a client that was let in. */
  begin(arrival: Arrival, upgrade: Upgrade): void {
    this.#speaker.enter(
      arrival.facts,
      arrival.protocol,
      upgrade,
      (connection) => this.#arrivals.set(connection, arrival),
      () => this.#left(arrival, endings.lost).catch(() => undefined),
    );
  }

  /** From now on connections end without an event: the functions that would get it are ending too. */
  end(): void {
    this.#ending = true;
  }

  /** Resolves when nothing of what was said is at work any more. */
  async settled(): Promise<void> {
    await this.#speaker.settled();
  }

  async #message(connection: Connection, text: string): Promise<void> {
    const { cloud, catalogue, observer } = this.#gates;
    const { apiId, stageName, connectionId } = connection.facts;
    const served = catalogue.stageOf(apiId, stageName);
    if (served === undefined) {
      connection.close(endings.away);
      return;
    }
    const compiled = routeFor(served.snapshot.definition, text);
    if (compiled === undefined) {
      connection.send(failureText({ said: 'Forbidden' }, connectionId, drawWebSocketId()));
      await observer.message(served, apiId, true);
      return;
    }
    const { carried, request } = this.#arrivalOf(connection);
    const messageId = drawWebSocketId();
    const cause = cloud.trail.record(served.scope, 'api.call', {
      service: 'execute-api',
      operation: 'Message',
      requestId: messageId,
      principal: 'anonymous',
    });
    const turn = turnOf(this.#gates, {
      served,
      facts: connection.facts,
      compiled,
      happening: { eventType: 'MESSAGE', messageId },
      request: { ...request, method: 'POST', headers: {}, query: {}, rawQuery: '', body: Buffer.from(text) },
      carried,
      visitor: nobody,
      cause,
    });
    const taken = await take(this.#gates, turn);
    const { outcome } = taken;
    if ('failure' in outcome) {
      connection.send(failureText(outcome.failure, connectionId, turn.context.requestId));
    } else if (compiled.answers && outcome.response.body.length > 0) {
      connection.send(Buffer.from(outcome.response.body).toString('utf8'));
      await observer.message(served, apiId, false);
    }
    await observer.taken(taken);
    cloud.trail.complete(cause, { status: 'failure' in outcome ? 500 : 200 });
  }

  /** AWS promises no more than to try: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html */
  async #left({ facts, carried, request }: Arrival, ending: Ending): Promise<void> {
    if (this.#ending) return;
    const { cloud, catalogue, observer } = this.#gates;
    const served = catalogue.stageOf(facts.apiId, facts.stageName);
    const compiled = served && routesOf(served.snapshot.definition).get('$disconnect');
    if (served === undefined || compiled === undefined) return;
    const cause = cloud.trail.record(served.scope, 'api.call', {
      service: 'execute-api',
      operation: 'Disconnect',
      requestId: facts.connectionId,
      principal: 'anonymous',
    });
    const taken = await take(
      this.#gates,
      turnOf(this.#gates, {
        ...this.#leaving(request, ending),
        served,
        facts,
        compiled,
        carried,
        visitor: nobody,
        cause,
      }),
    );
    await observer.taken(taken);
  }

  /* Of the headers only these are left, as functions on AWS see. */
  #leaving(request: ApiRequest, ending: Ending): Pick<Given, 'happening' | 'request'> {
    const headers = {
      Host: valuesOf(request.headers, 'host', true) ?? [''],
      'x-api-key': [''],
      'X-Forwarded-For': [''],
      'x-restapi': [''],
    };
    return {
      happening: { eventType: 'DISCONNECT', ending },
      request: { ...request, method: 'POST', headers, query: {}, rawQuery: '' },
    };
  }

  #arrivalOf(connection: Connection): Arrival {
    const arrival = this.#arrivals.get(connection);
    if (arrival === undefined) throw new Error('A connection that nobody let in.');
    return arrival;
  }
}
