import { randomNumbers } from './rich-data.ts';

/** EXPOGRAPH_SEED repeats a run: the same moments and places are hit, as far as the machine is as fast. */
const seed = Number(process.env.EXPOGRAPH_SEED ?? Date.now() % 2 ** 31);

/** Whole numbers below a limit, by chance; the seed is printed, so that a failure can be had again. */
export function chance(what: string): (below: number) => number {
  console.log(`${what}: EXPOGRAPH_SEED=${seed}`);
  return randomNumbers(seed);
}
