import type { Json } from '../../../../state/state.ts';
import { text } from '../translate/shaped.ts';

/** A function's name, where a property gives it by name or by any form of its ARN. */
export function functionNameOf(value: Json | undefined): string {
  const given = text(value) ?? '';
  const inArn = /(?:^|:)function:([^:]+)/.exec(given)?.[1];
  return inArn ?? given.split(':').at(0) ?? '';
}
