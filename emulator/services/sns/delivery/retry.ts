/**
 * How SNS tries again when a queue or a function could not be reached: three times at once, twice after a second,
 * ten times with growing delays up to 20 seconds, and then every 20 seconds for 23 days.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
 */
const immediate = 3;
const early = 2;
const growing = 10;
const most = 100_015;
const longest = 20_000;

/**
 * The delay before the next attempt, in ms; undefined: there is none.
 * @param attempts those that have failed
 */
export function delayAfter(attempts: number): number | undefined {
  if (attempts > most) return undefined;
  if (attempts <= immediate) return 0;
  if (attempts <= immediate + early) return 1000;
  const step = attempts - immediate - early;
  return step > growing ? longest : Math.round(1000 * 20 ** (step / growing));
}
