import type { WireAnswer } from '../wire/wire.ts';
import {
  crossOriginHeaders,
  isPreflight,
  preflightHeaders,
  refuseForeignHost,
  refuseForeignOrigin,
} from './access/browser-guard.ts';
import { admin, ADMIN_PREFIX, type AdminParts } from './admin/admin.ts';
import type { ControlPlane } from './control/control-plane.ts';
import { jsonAnswer } from './control/unserved.ts';
import { ClientGone, Exchange } from './http/exchange.ts';
import type { Handlers } from './http/listener.ts';
import { Knock } from './http/upgrade.ts';

/** What stands behind the port once the cloud is open. */
export interface Front {
  readonly control: ControlPlane;
  readonly admin: AdminParts;
  readonly allowedOrigins: ReadonlySet<string>;
  readonly log: (line: string) => void;
}

/** Requests that are at work now. */
export interface Underway {
  readonly count: number;
  /** Resolves when none is left or `ms` have passed. */
  idle(ms: number): Promise<void>;
}

/**
 * The first that sees a request: it keeps strangers out, tells the cloud's own routes from AWS's, and sees to it
 * that every request gets an answer.
 * @param opening resolves when the cloud is open: the port answers before, and requests wait
 */
export function frontHandler(opening: Promise<Front>): {
  readonly handlers: Handlers;
  readonly underway: Underway;
  /** From now on requests are answered 503: the cloud is ending. */
  refuse(): void;
} {
  const exchanges = new Set<Promise<void>>();
  let ending = false;

  const serve = async (exchange: Exchange): Promise<void> => {
    let log: Front['log'] = () => undefined;
    try {
      const front = await opening;
      ({ log } = front);
      await exchange.answer(ending ? unavailable() : await answerOf(front, exchange));
    } catch (error) {
      if (!(error instanceof ClientGone)) log(`A request could not be answered: ${String(error)}`);
      await exchange.answer(broken()).catch(() => undefined);
      exchange.abandonUnlessAnswered();
    }
  };

  /* Lets a client in that asks to speak WebSocket, refuses it, or answers it like any other. */
  const open = async (knock: Knock): Promise<void> => {
    let log: Front['log'] = () => undefined;
    try {
      const front = await opening;
      ({ log } = front);
      const { head } = knock.exchange;
      if (ending) await knock.exchange.answer(unavailable());
      // Refused like any other request, or a student's own domain name, where nothing speaks WebSocket.
      else if (refuseForeignHost(head) !== undefined) knock.answerPlain();
      else {
        const told = await front.control.knock(knock.exchange);
        if (told === undefined) knock.answerPlain();
        else if ('enter' in told) knock.enter(told.enter);
        else await knock.exchange.answer(told);
      }
    } catch (error) {
      if (!(error instanceof ClientGone)) log(`A client could not be let in: ${String(error)}`);
      await knock.exchange.answer(broken()).catch(() => undefined);
      knock.exchange.abandonUnlessAnswered();
    }
  };

  const keep = (work: Promise<void>): void => {
    const served = work.finally(() => exchanges.delete(served));
    exchanges.add(served);
  };

  return {
    handlers: {
      request: (request, response) => keep(serve(new Exchange(request, response))),
      upgrade: (upgrade, asPlain) => keep(open(new Knock(upgrade, asPlain))),
    },
    underway: {
      get count() {
        return exchanges.size;
      },
      idle: async (ms) => {
        let timer: NodeJS.Timeout | undefined;
        const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
        await Promise.race([Promise.all(exchanges), late]);
        clearTimeout(timer);
      },
    },
    refuse: () => {
      ending = true;
    },
  };
}

async function answerOf(front: Front, exchange: Exchange): Promise<WireAnswer> {
  const { head } = exchange;
  const foreignHost = refuseForeignHost(head);
  if (foreignHost !== undefined)
    return (await front.control.atDomain(exchange)) ?? jsonAnswer(403, { message: foreignHost });
  // Function URLs and APIs are their owners' to open to web pages.
  const site = await front.control.atSite(exchange);
  if (site !== undefined) return site;
  const foreign = refuseForeignOrigin(head, front.allowedOrigins);
  if (foreign !== undefined) {
    // The cloud's own routes are never opened; a bucket is where its CORS rules say so.
    const answer = head.path.startsWith(ADMIN_PREFIX) ? undefined : await front.control.fromPage(exchange);
    return answer ?? jsonAnswer(403, { message: foreign });
  }
  if (isPreflight(head)) return { status: 204, headers: preflightHeaders(head), body: new Uint8Array() };
  const answer = head.path.startsWith(ADMIN_PREFIX)
    ? await admin(front.admin, exchange)
    : await front.control.answer(exchange);
  return { ...answer, headers: { ...answer.headers, ...crossOriginHeaders(head) } };
}

function unavailable(): WireAnswer {
  return jsonAnswer(503, { message: "Coldstart's embedded cloud is ending." });
}
function broken(): WireAnswer {
  return jsonAnswer(500, { __type: 'InternalFailure', message: 'The request could not be answered.' });
}
