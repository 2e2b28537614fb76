import type { HttpAnswer } from '../../../grader/api.ts';
import { expectStatus, isUnknown } from '../../rest-api/gateway-answer.ts';
import { members } from '../../wording/members.ts';
import { shown } from '../../wording/wording.ts';
import { routes } from '../names.ts';
import { askSettled, pathOf } from './ask.ts';
import type { Context, LabCheck } from './context.ts';

/** A purchase that nobody has made before, and what it costs. */
export interface Purchase {
  /** `?item=…&price=…&count=…` */
  readonly query: string;
  readonly item: string;
  readonly total: number;
}

export function purchaseOf(context: Context): Purchase {
  const item = context.nonce('item');
  const price = 10 * context.integer(101, 9999);
  const count = context.integer(2, 99);
  return {
    query: `?item=${item}&price=${String(price)}&count=${String(count)}`,
    item,
    total: price * count,
  };
}

/** Whether an answer of `GET /v1/quote` has the shape that its clients were promised. More members harm nobody. */
export function isV1(answer: HttpAnswer, { item, total }: Purchase): boolean {
  const said = members(answer.json);
  return answer.status === 200 && said.item === item && said.total === total;
}

const together: LabCheck = {
  id: 'together',
  title: (text) => text.together.title,
  points: 10,
  needs: ['permission', 'promotion'],
  verifiedOn: ['embedded'],
  requires: ['stageVariableUris'],
  hints: (text) => text.together.hints,
  async run(context) {
    for (const stage of ['prod', 'dev'] as const) {
      await oldClients(context, stage);
      await newClients(context, stage);
    }
  },
};

async function oldClients(context: Context, stage: 'dev' | 'prod'): Promise<void> {
  const { together: text } = context.text;
  const purchase = purchaseOf(context);
  const { item, total } = purchase;
  const answer = await askSettled(context, stage, `${pathOf(routes.v1)}${purchase.query}`);
  if (isV1(answer, purchase)) return;
  const { evidence } = answer;
  if (isUnknown(answer)) context.fail({ ...text.v1Gone(stage), expected: routes.v1, evidence });
  expectStatus(context, `${routes.v1} (${stage})`, answer, 200);
  const said = members(answer.json).total;
  const sentence =
    typeof said === 'object' && said !== null
      ? text.v1Changed(stage)
      : typeof said === 'string' && Number(said) === total
        ? text.v1Text(stage)
        : text.v1Wrong(stage);
  context.fail({ ...sentence, expected: shown({ item, total }), actual: answer.text, evidence });
}

async function newClients(context: Context, stage: 'dev' | 'prod'): Promise<void> {
  const { together: text } = context.text;
  const purchase = purchaseOf(context);
  const { item, total } = purchase;
  const answer = await askSettled(context, stage, `${pathOf(routes.v2)}${purchase.query}`);
  const { evidence } = answer;
  if (isUnknown(answer)) context.fail({ ...text.v2Missing(stage), expected: routes.v2, evidence });
  expectStatus(context, `${routes.v2} (${stage})`, answer, 200);
  const said = members(answer.json);
  const { amount, currency } = members(said.total);
  if (said.item === item && amount === total && currency === 'KRW') return;
  context.fail({
    ...(typeof said.total === 'number' ? text.v2Old(stage) : text.v2Wrong(stage)),
    expected: shown({ item, total: { amount: total, currency: 'KRW' } }),
    actual: answer.text,
    evidence,
  });
}

export const togetherChecks = { together };
