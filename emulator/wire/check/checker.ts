import type { Limit } from '../../service/service.ts';
import type { Dialect } from '../schema/dialects.ts';
import type { StructureShape } from '../schema/shape.ts';

export function checkerOf(
  _input: StructureShape,
  _limits: Readonly<Record<string, Limit>>,
  _dialect: Dialect,
): (input: Readonly<Record<string, unknown>>) => void {
  return () => undefined;
}
