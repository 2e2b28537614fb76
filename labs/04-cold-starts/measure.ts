import type { MeasureContext, Measured, MeasuredCall } from '../../grader/api.ts';
import { withCopy } from './copy/copy.ts';
import { settled } from '../function-ready/settled.ts';
import { logGroupOf } from './copy/function.ts';
import { postcodeOf } from './districts.ts';
import { names } from './names.ts';
import { reportsIn } from './report/report.ts';
import type { Text } from './text.ts';

/** Environments that are started, and calls that each of them answers: the first is cold, the others are warm. */
const environments = 5;
const callsOfEach = 3;

/** The visitor under whose name the calls are counted in the student's table. */
const visitor = 'measure';

/**
 * Calls a copy of the student's function cold and warm, one call after the other, and reads what Lambda itself
 * reports of each. The copy starts anew because it is changed; the student's function is not.
 */
export async function measure(context: MeasureContext<Text>): Promise<Measured> {
  const { text } = context;
  const name = context.name(names.function);
  const found = await settled(context, name);
  if (found === undefined) return context.fail(text.measure.missing(name));
  const calls: MeasuredCall[] = [];
  const total = environments * callsOfEach;
  await withCopy(context, found, { name: context.name(names.measured) }, async (copy) => {
    for (let environment = 0; environment < environments; environment += 1) {
      if (environment > 0) await copy.renew();
      for (let call = 0; call < callsOfEach; call += 1) {
        context.progress(calls.length, total);
        calls.push(await callOnce(context, copy.name, calls.length));
      }
    }
  });
  context.progress(total, total);
  if (calls.every(({ initMs }) => initMs === undefined)) context.fail(text.measure.noInit);
  return {
    functionName: name,
    runtime: found.Runtime ?? '',
    memoryMB: found.MemorySize ?? 128,
    logGroup: logGroupOf(found),
    calls,
  };
}

async function callOnce(context: MeasureContext<Text>, name: string, number: number): Promise<MeasuredCall> {
  const { text } = context;
  // A postcode of its own for each call, so that an answer that was kept is none.
  const invoked = await context.invoke(name, { visitor, postcode: postcodeOf((number * 7919) % 100_000) });
  const evidence = [{ label: text.evidence.log, value: invoked.logTail }];
  if (invoked.functionError !== undefined)
    context.fail({ ...text.measure.threw(invoked.rawPayload), evidence });
  const report = reportsIn(invoked.logTail).at(-1);
  if (report === undefined) return context.fail({ ...text.measure.noReport, evidence });
  const { requestId, initMs, durationMs, billedMs } = report;
  return { requestId, ...(initMs === undefined ? {} : { initMs }), durationMs, billedMs };
}
