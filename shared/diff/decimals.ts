/** A number as it was written: `digits` times ten to the power of `-scale`. */
type Decimal = { digits: bigint; scale: number };

/** Powers of ten beyond these make integers of thousands of digits for no document that means anything. */
const maxScale = 400;

/**
 * Whether `value` is a whole multiple of `factor`, in decimals as they are written: 0.3 is one of 0.1, which binary
 * fractions deny.
 */
export function isMultipleOf(value: number, factor: number): boolean {
  const [left, right] = [decimalOf(value), decimalOf(factor)];
  if (right.digits === 0n || !isSmall(left) || !isSmall(right)) return false;
  const scale = Math.max(left.scale, right.scale);
  const scaled = ({ digits, scale: own }: Decimal): bigint => digits * 10n ** BigInt(scale - own);
  return scaled(left) % scaled(right) === 0n;
}

function isSmall({ scale }: Decimal): boolean {
  return Math.abs(scale) <= maxScale;
}

function decimalOf(value: number): Decimal {
  const [mantissa = "0", exponent = "0"] = String(value).split("e");
  const [whole = "0", fraction = ""] = mantissa.split(".");
  return { digits: BigInt(whole + fraction), scale: fraction.length - Number(exponent) };
}
