import type { Scope } from '../../service/call.ts';
import { invalid } from './failures.ts';

/** The bus that every account has. */
export const DEFAULT_BUS = 'default';

/** A bus by its place. */
export interface BusPlace extends Scope {
  readonly name: string;
}

export function busArn({ region, account, name }: BusPlace): string {
  return `arn:aws:events:${region}:${account}:event-bus/${name}`;
}

/** Rules of the default bus do not name it. */
export function ruleArn({ region, account }: Scope, bus: string, rule: string): string {
  const path = bus === DEFAULT_BUS ? rule : `${bus}/${rule}`;
  return `arn:aws:events:${region}:${account}:rule/${path}`;
}

/** The place that an ARN names, or undefined where it is not a bus's. */
export function placeOfBusArn(arn: string): BusPlace | undefined {
  const found = /^arn:aws[a-z-]*:events:([a-z0-9-]+):(\d{12}):event-bus\/([/.\-_A-Za-z0-9]+)$/.exec(arn);
  if (found === null) return undefined;
  const [, region = '', account = '', name = ''] = found;
  return { region, account, name };
}

/** The bus that a request names, by name or ARN; none: the default one. @throws ValidationException */
export function busNamed({ region, account }: Scope, nameOrArn: string | undefined): BusPlace {
  const name = nameOrArn ?? DEFAULT_BUS;
  if (!name.startsWith('arn:')) return { region, account, name };
  const place = placeOfBusArn(name);
  if (place === undefined)
    throw invalid(`Parameter EventBusName is not valid. Reason: Provided Arn is not in correct format.`);
  return place;
}

/** The bus and the rule that an ARN names, or undefined where it is not a rule's. */
export function placeOfRuleArn(arn: string): (BusPlace & { readonly rule: string }) | undefined {
  const found = /^arn:aws[a-z-]*:events:([a-z0-9-]+):(\d{12}):rule\/(?:(.+)\/)?([.\-_A-Za-z0-9]+)$/.exec(arn);
  if (found === null) return undefined;
  const [, region = '', account = '', name = DEFAULT_BUS, rule = ''] = found;
  return { region, account, name, rule };
}
