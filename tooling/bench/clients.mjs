// What several clients get done together.
import { performance } from 'node:perf_hooks';

const clients = 8;
// Long enough that what is measured is a server at work, not the first seconds of just-in-time compilers.
const seconds = 15;

/** @param {readonly number[]} values @param {number} part 0.5 is the median */
export const percentile = (values, part) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))];

/**
 * Lets eight clients call as fast as they are answered. The first second warms up and is not counted.
 * @param {() => Promise<unknown>} call
 * @param {() => number} [cpu] ms of processor time that a server has used
 * @returns {Promise<{ throughput: number, p50: number, p95: number, cpu: number }>} calls a second, ms, ms of CPU a call
 */
export async function together(call, cpu = () => NaN) {
  const counted = performance.now() + 1_000;
  const end = counted + seconds * 1_000;
  const taken = [];
  let cpuBefore = NaN;
  const client = async () => {
    for (let begun = performance.now(); begun < end; begun = performance.now()) {
      if (begun >= counted && Number.isNaN(cpuBefore)) cpuBefore = cpu();
      await call();
      const now = performance.now();
      if (now >= counted && now < end) taken.push(now - begun);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return {
    throughput: taken.length / seconds,
    p50: percentile(taken, 0.5),
    p95: percentile(taken, 0.95),
    cpu: (cpu() - cpuBefore) / taken.length,
  };
}
