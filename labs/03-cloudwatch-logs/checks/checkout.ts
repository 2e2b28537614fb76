import { names, slowFrom } from '../names.ts';
import { callEvidence } from '../../function-call/call.ts';
import { members } from '../../wording/members.ts';
import { shown } from '../../wording/wording.ts';
import type { Context, LabCheck } from './context.ts';
import { recently } from './group.ts';
import { orderMaker, send, type Outcome, type Sent } from './orders.ts';

/** What was sent to the student's own function in this run. */
export interface Traffic {
  /** What all its order ids hold. */
  readonly run: string;
  readonly sent: readonly Sent[];
  /** ms since 1970: where in the log to begin */
  readonly since: number;
}

export const trafficOf = (context: Context): Traffic => context.from<Traffic>('checkout');

/** More than an alarm takes, so that it goes off even if a minute begins between them. */
const declined = 6;

const checkout: LabCheck = {
  id: 'checkout',
  title: (text) => text.checkout.title,
  points: 5,
  needs: ['ready'],
  verifiedOn: ['embedded'],
  requires: ['functionErrors'],
  hints: (text) => text.checkout.hints,
  async run(context): Promise<Traffic> {
    const since = recently();
    const orders = orderMaker(context);
    const brief = () => context.integer(5, 25);
    const slow = orders.make('APPROVED', slowFrom + context.integer(60, 160));
    const others = [
      orders.make('APPROVED', brief()),
      orders.make('DECLINED_RETRY', brief()),
      // An order whose id holds the word, and that was not declined.
      orders.make('FAILED', brief(), 'DECLINED-'),
      ...Array.from({ length: declined }, () => orders.make('DECLINED', brief())),
    ];
    const name = context.name(names.function);
    const [first, rest] = await Promise.all([
      send(context, name, slow),
      oneByOne(context, name, others),
      tryAhead(context),
    ]);
    const sent = [first, ...rest];
    for (const each of sent) answered(context, each);
    return { run: orders.run, sent, since };
  },
};

/**
 * Trials of the target that later checks rest on, made while the slow order keeps everybody waiting. What comes of
 * them is theirs: whoever asks again gets the same answer, or the same error.
 */
const tryAhead = (context: Context): Promise<unknown> =>
  Promise.allSettled((['jsonLogs', 'logLevels', 'logInsights'] as const).map((one) => context.can(one)));

async function oneByOne(
  context: Context,
  name: string,
  made: readonly Parameters<typeof send>[2][],
): Promise<Sent[]> {
  const sent: Sent[] = [];
  for (const each of made) sent.push(await send(context, name, each));
  return sent;
}

/** Ends the check where an order did not get the answer that the shop gives. */
function answered(context: Context, { order, outcome, invoked }: Sent): void {
  const { text } = context;
  const evidence = callEvidence(context, order, invoked);
  const failed = invoked.functionError !== undefined;
  if (outcome === 'FAILED') {
    if (!failed)
      context.fail({
        ...text.checkout.swallowed,
        expected: 'FunctionError: Unhandled',
        actual: invoked.rawPayload,
        evidence,
      });
    return;
  }
  if (failed) {
    const { errorType, errorMessage } = members(invoked.payload);
    context.fail({
      ...text.checkout.threw(outcome, shown(errorType ?? invoked.functionError), shown(errorMessage)),
      expected: shown({ orderId: order.orderId, outcome }),
      evidence,
    });
  }
  context
    .expect(pick(invoked.payload), { ...text.checkout.different(outcome), evidence })
    .toEqual({ orderId: order.orderId, outcome } satisfies { orderId: string; outcome: Outcome });
}

function pick(payload: unknown): unknown {
  const { orderId, outcome } = members(payload);
  return { orderId, outcome };
}

export const checkoutChecks = { checkout };
