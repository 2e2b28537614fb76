import type { ComparisonOperator, StateValue } from '@aws-sdk/client-cloudwatch';

/** A period of the evaluation range. `value` is undefined where nothing was measured. Times in ms. */
export interface Evaluated {
  readonly time: number;
  readonly value: number | undefined;
  readonly samples: number | undefined;
}

/** How an alarm judges. */
export interface Judgement {
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly threshold: number;
  readonly comparison: ComparisonOperator;
  /** `missing` where the alarm says nothing. */
  readonly treatMissing: string;
}

export interface Verdict {
  /** Undefined: the alarm stays in its state. */
  readonly state: StateValue | undefined;
  readonly reason: string;
  /** The points that were counted, newest first. */
  readonly counted: readonly Evaluated[];
}

/** More points are looked for than are needed, so that late ones do not count as missing. */
export const EXTRA_PERIODS = 2;

const COMPARISONS: Readonly<
  Partial<Record<ComparisonOperator, readonly [(a: number, b: number) => boolean, string]>>
> = {
  GreaterThanThreshold: [(a, b) => a > b, 'greater than'],
  GreaterThanOrEqualToThreshold: [(a, b) => a >= b, 'greater than or equal to'],
  LessThanThreshold: [(a, b) => a < b, 'less than'],
  LessThanOrEqualToThreshold: [(a, b) => a <= b, 'less than or equal to'],
};

/**
 * Judges the periods of an evaluation range, newest first, as the CloudWatch User Guide's tables in "Configuring
 * how alarms treat missing data" do: the newest points that are there count; only where there are fewer than the
 * alarm looks at are missing ones filled in.
 */
export function decide(periods: readonly Evaluated[], judgement: Judgement, before: StateValue): Verdict {
  const { evaluationPeriods: wanted, datapointsToAlarm: needed, treatMissing, threshold } = judgement;
  const [breaches, words] = COMPARISONS[judgement.comparison] ?? [() => false, judgement.comparison];
  const counted = periods.filter(({ value }) => value !== undefined).slice(0, wanted);
  const breaching = counted.filter(({ value }) => value !== undefined && breaches(value, threshold));
  const fine = counted.length - breaching.length;
  const missing = wanted - counted.length;
  const verdict = (state: StateValue | undefined): Verdict => ({
    state,
    counted,
    reason:
      state === undefined
        ? ''
        : counted.length === 0
          ? withoutPoints(wanted, treatMissing, state)
          : crossed(
              state,
              state === 'ALARM' ? breaching : counted.filter((each) => !breaching.includes(each)),
            ),
  });
  const crossed = (state: StateValue, points: readonly Evaluated[]): string => {
    const shown = points.map(({ value = 0, time }) => `${decimal(value)} (${dayAndTime(time)})`).join(', ');
    const verb = points.length === 1 ? 'was' : 'were';
    const least = state === 'ALARM' ? needed : wanted - needed + 1;
    const filled =
      missing > 0 && (treatMissing === 'breaching' || treatMissing === 'notBreaching')
        ? ` and ${missing} missing datapoint${missing === 1 ? ' was' : 's were'} treated as [${TREATED[treatMissing]}]`
        : '';
    return `Threshold Crossed: ${points.length} out of the last ${wanted} datapoints [${shown}] ${verb} ${
      state === 'ALARM' ? '' : 'not '
    }${words} the threshold (${decimal(threshold)})${filled} (minimum ${least} datapoint${least === 1 ? '' : 's'} for ${before} -> ${state} transition).`;
  };

  const filledBreaching = breaching.length + (treatMissing === 'breaching' ? missing : 0);
  if (filledBreaching >= needed) return verdict('ALARM');
  if (missing <= 0 || treatMissing === 'breaching' || treatMissing === 'notBreaching') return verdict('OK');
  if (treatMissing === 'ignore') return verdict(fine > 0 ? 'OK' : undefined);
  if (counted.length === 0) return verdict('INSUFFICIENT_DATA');
  return verdict(fine > 0 ? 'OK' : 'ALARM');
}

const TREATED = { breaching: 'Breaching', notBreaching: 'NonBreaching' } as const;

function withoutPoints(wanted: number, treatMissing: string, state: StateValue): string {
  const plural = wanted === 1 ? '' : 's';
  if (state === 'INSUFFICIENT_DATA')
    return `Insufficient Data: ${wanted} datapoint${plural} ${wanted === 1 ? 'was' : 'were'} unknown.`;
  const treated = treatMissing === 'breaching' ? TREATED.breaching : TREATED.notBreaching;
  return `Threshold Crossed: no datapoints were received for ${wanted} period${plural} and ${wanted} missing datapoint${plural} ${
    wanted === 1 ? 'was' : 'were'
  } treated as [${treated}].`;
}

/** A number as AWS's texts write it: `5.0`. */
export function decimal(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

/** `23/11/26 10:20:00` */
function dayAndTime(time: number): string {
  const text = new Date(time).toISOString();
  return `${text.slice(8, 10)}/${text.slice(5, 7)}/${text.slice(2, 4)} ${text.slice(11, 19)}`;
}
