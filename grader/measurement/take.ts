import type { AnyLab, Finding, Language } from '../api.ts';
import { resourceName } from '../resource-name.ts';
import { invoke } from '../run/invoke.ts';
import { poll } from '../run/until.ts';
import { CheckFailed } from '../run/verdicts.ts';
import { viewOf } from '../targets/clients/view.ts';
import type { Target } from '../targets/target.ts';
import type { Measurement } from './measurement.ts';

export interface MeasureRequest {
  readonly lab: AnyLab;
  /** Opened and closed by the caller. */
  readonly target: Target;
  readonly language: Language;
  /** The account id on the target. */
  readonly account: string;
  /** Value of `LAB_PREFIX`. */
  readonly prefix: string;
  readonly onProgress?: (done: number, of: number) => void;
  /** Stops it; what it has made on the target is removed all the same. */
  readonly signal?: AbortSignal;
}

export type Taken =
  | { readonly outcome: 'measured'; readonly measurement: Measurement }
  /** The student's work cannot be measured yet. */
  | { readonly outcome: 'not yet'; readonly finding: Finding }
  /** There is nothing to measure in this lab. */
  | { readonly outcome: 'nothing' };

/** Runs a lab's own measurement on a target. @throws what the target answers where it cannot be made */
export async function takeMeasurement(request: MeasureRequest): Promise<Taken> {
  const { lab, target, account, prefix, onProgress = () => undefined } = request;
  const { measure } = lab.in(request.language);
  if (measure === undefined) return { outcome: 'nothing' };
  const signal = request.signal ?? new AbortController().signal;
  const clients = viewOf(target.pool, { during: (_, work) => work, signal });
  try {
    const measured = await measure({
      clients,
      target: target.name,
      name: (resource) => resourceName(resource, prefix, account),
      fail(finding) {
        throw new CheckFailed(finding);
      },
      until: (what, look) => poll(look, target.deadlines[what], signal),
      invoke: (name, payload) => invoke(clients, name, payload),
      progress: onProgress,
    });
    const measurement: Measurement = {
      format: 'coldstart-measurement',
      version: 1,
      lab: lab.number,
      target: target.name,
      region: target.region,
      takenAt: new Date().toISOString(),
      ...measured,
    };
    return { outcome: 'measured', measurement };
  } catch (error) {
    if (error instanceof CheckFailed) return { outcome: 'not yet', finding: error.finding };
    throw error;
  }
}
