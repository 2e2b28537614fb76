import type { Json } from '../../../state/state.ts';
import { templateError, TemplateFailure } from '../template/failure.ts';
import type { Template } from '../template/model.ts';
import { Deciding } from '../values/conditions.ts';
import type { EarlyContext, ParameterValue, Pseudo } from '../values/context.ts';
import { isKnown, UNKNOWN, type Unknown, type Value } from '../values/unknown.ts';
import { type Sources, Working } from '../values/work.ts';
import { extensionFailure } from './failure.ts';

/** What the names of the loops around a place stand for there. */
export type Bindings = ReadonlyMap<string, string>;

/** What is known while the transform runs: parameters and mappings, and no resource. */
export class Knowing {
  private readonly context: EarlyContext;

  constructor(
    mappings: Template['mappings'],
    parameters: ReadonlyMap<string, ParameterValue>,
    pseudo: Pseudo,
  ) {
    this.context = { template: { mappings, conditions: new Map() }, parameters, pseudo };
  }

  /**
   * The value, where it can be worked out before the stack is there; `UNKNOWN` where it cannot.
   * @param pseudo whether AWS's own parameters count as known
   * @throws TemplateFailure where it can never be
   */
  value(value: Json, bindings: Bindings, pseudo = true): Json | Unknown | undefined {
    return this.worked(
      value,
      this.sources(bindings, pseudo, () => UNKNOWN),
    );
  }

  /** As {@link value}; `UNKNOWN` too where it can never be: the stack will say so, if it comes to it at all. */
  valueIfAny(value: Json, bindings: Bindings): Json | Unknown | undefined {
    try {
      return this.value(value, bindings);
    } catch (failure) {
      if (failure instanceof TemplateFailure) return UNKNOWN;
      throw failure;
    }
  }

  /** As {@link value}, with conditions known too. @param conditions those of the template, written out */
  decided(value: Json, conditions: Template['conditions']): Json | Unknown | undefined {
    const context = { ...this.context, template: { ...this.context.template, conditions } };
    const deciding = new Deciding(context);
    return this.worked(
      value,
      this.sources(new Map(), true, (name) => deciding.named(name, 'Fn::If')),
    );
  }

  private worked(value: Json, sources: Sources): Json | Unknown | undefined {
    try {
      const worked = new Working(sources).value(value);
      return worked === undefined || isKnown(worked) ? worked : UNKNOWN;
    } catch (failure) {
      if (!(failure instanceof TemplateFailure) || failure.message.includes(' in Fn::Sub ')) throw failure;
      throw extensionFailure(failure.message.replace(/^Template error: /, ''));
    }
  }

  private sources(bindings: Bindings, pseudo: boolean, condition: Sources['condition']): Sources {
    const { parameters, template } = this.context;
    const ref = (name: string): Value | undefined => {
      if (name === 'AWS::NoValue') return undefined;
      const bound = bindings.get(name) ?? parameters.get(name);
      if (bound !== undefined || !pseudo || !Object.hasOwn(this.context.pseudo, name))
        return bound ?? UNKNOWN;
      return this.context.pseudo[name as keyof Pseudo];
    };
    return {
      ref,
      mappings: template.mappings,
      region: this.context.pseudo['AWS::Region'],
      attribute: () => UNKNOWN,
      exported: () => UNKNOWN,
      condition,
    };
  }
}

/** A name that has to be there before the stack is. @throws TemplateFailure */
export function nameOf(value: Json | Unknown | undefined, where: string): string {
  if (typeof value === 'string') return value;
  throw templateError(`${where} must be a string, or a function that gives one before the stack is made`);
}
