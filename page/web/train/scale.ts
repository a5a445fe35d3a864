/* Lengths of bars on a logarithmic scale: where signals shrink by powers of ten, a plain one shows nothing. */

const LEAST_DECADES = 4; // on which healthy layers look alike

/** Return the powers of ten between which all of some positive numbers lie. */
export function decadesOf(values: (number | null)[]): [number, number] {
  const powers = values.filter((value): value is number => value !== null && value > 0).map(Math.log10);
  if (powers.length === 0) return [-LEAST_DECADES, 0];
  const high = Math.ceil(Math.max(...powers) - 1e-9) + 0; // never -0
  const low = Math.floor(Math.min(...powers) + 1e-9) + 0;
  return [Math.min(low, high - LEAST_DECADES), high];
}

/** Return the length of a bar as a share of the longest; 0 where the value has no place on the scale. */
export function lengthOf(value: number | null, [low, high]: [number, number]): number {
  if (value === null || !(value > 0)) return 0;
  return Math.min(1, Math.max(0.02, (Math.log10(value) - low) / (high - low)));
}

/** Return where quantiles lie between -1 and 1, the farthest of them at an end. */
export function spreadOf(quantiles: (number | null)[]): number[] {
  const largest = quantiles.reduce<number>((most, value) => Math.max(most, Math.abs(value ?? 0)), 0);
  return quantiles.map((value) => (largest > 0 ? (value ?? 0) / largest : 0));
}
