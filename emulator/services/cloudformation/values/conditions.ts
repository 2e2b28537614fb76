import type { Json } from '../../../state/state.ts';
import { templateError } from '../template/failure.ts';
import {
  conditionCall,
  conditionName,
  notInConditions,
  operands,
  unresolvedCondition,
} from './condition-calls.ts';
import type { EarlyContext } from './context.ts';
import { earlySources } from './evaluate.ts';
import { textOf, type Value } from './unknown.ts';
import { type Sources, Working } from './work.ts';

/**
 * Of each condition of the template whether it holds.
 * @throws TemplateFailure where a condition is none, or conditions lead round in a circle
 */
export function conditionsOf(context: EarlyContext): ReadonlyMap<string, boolean> {
  const deciding = new Deciding(context);
  return new Map(
    [...context.template.conditions.keys()].map((name) => [name, deciding.named(name, 'Condition')]),
  );
}

/** Works out conditions, each once, in whatever order they need one another. */
export class Deciding {
  private readonly decided = new Map<string, boolean | 'begun'>();
  private readonly working: Working;
  private readonly context: EarlyContext;

  constructor(context: EarlyContext, sources: Partial<Sources> = {}) {
    this.context = context;
    this.working = new Working({ ...this.sources(), ...sources });
  }

  /** Whether the template's condition holds. @param by the function that names it, for the failure */
  named(name: string, by: string): boolean {
    const known = this.decided.get(name);
    if (known === 'begun') throw templateError(`Found circular condition dependency: [${this.circle()}]`);
    if (known !== undefined) return known;
    const condition = this.context.template.conditions.get(name);
    if (condition === undefined) throw unresolvedCondition(name, by);
    this.decided.set(name, 'begun');
    const holds = this.holds(condition);
    this.decided.set(name, holds);
    return holds;
  }

  /** Whether a function of conditions holds. @throws TemplateFailure where it is none */
  holds(condition: Json): boolean {
    const name = conditionName(condition);
    if (name !== undefined) return this.named(name, 'Condition');
    const [fn, given] = conditionCall(condition);
    switch (fn) {
      case 'Fn::And':
        return operands(fn, given)
          .map((one) => this.holds(one))
          .every(Boolean);
      case 'Fn::Or':
        return operands(fn, given)
          .map((one) => this.holds(one))
          .some(Boolean);
      case 'Fn::Not':
        return !this.holds(operands(fn, given)[0] ?? '');
      default: {
        const [one, other] = operands('Fn::Equals', given).map((side) => this.value(side));
        return sameText(one, other);
      }
    }
  }

  /** A value in a condition: parameters and mappings are known there, and nothing else. */
  value(written: Json): Value | undefined {
    return this.working.value(written);
  }

  private circle(): string {
    return [...this.decided].flatMap(([name, state]) => (state === 'begun' ? [name] : [])).join(', ');
  }

  private sources(): Sources {
    return {
      ...earlySources(this.context, (name) => {
        throw notInConditions([name]);
      }),
      attribute: () => {
        throw templateError('Cannot use Fn::GetAtt in Conditions');
      },
      exported: () => {
        throw templateError('Cannot use Fn::ImportValue in Conditions');
      },
      condition: (name) => this.named(name, 'Fn::If'),
    };
  }
}

/** Equal as texts: a parameter's `true` is the template's true. */
function sameText(one: Value | undefined, other: Value | undefined): boolean {
  return compared(one) === compared(other);
}

const compared = (value: Value | undefined): string =>
  value === undefined ? '' : (textOf(value) ?? JSON.stringify(value, (_, one: Value) => textOf(one) ?? one));
