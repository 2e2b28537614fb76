import type { Call, Expression, Foreach, Node, Program, Reference } from './ast.ts';
import type { Budget } from './budget.ts';
import { javaText } from './java-text.ts';
import { callMethod, indexed, propertyOf } from './methods.ts';
import { binary, truthy } from './operators.ts';
import { parseTemplate } from './parse.ts';
import { Double, Host, List, numberOf, type Value } from './value.ts';

/** AWS stops a loop there without a word. https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const MAX_ITERATIONS = 1000;

/**
 * Renders a template.
 * @param variables the first names: `input`, `context`, …; `#set` adds to them
 * @throws TemplateFailure
 */
export function evaluate(program: Program, variables: Map<string, Value>, budget: Budget): string {
  return new Evaluation(program, variables, budget).whole();
}

/** What ended a list of nodes before its last. */
type Ended = 'break' | 'stop' | undefined;

class Evaluation {
  readonly #macros: Map<string, { parameters: readonly string[]; body: readonly Node[] }>;
  readonly #program: Program;
  readonly #variables: Map<string, Value>;
  readonly #defined = new Map<string, readonly Node[]>();
  readonly #budget: Budget;
  /** Loops and macros that are running, the innermost last. */
  readonly #scopes: Map<string, Value>[] = [];
  #out: string[] = [];

  constructor(program: Program, variables: Map<string, Value>, budget: Budget) {
    this.#program = program;
    this.#macros = new Map(program.macros);
    this.#variables = variables;
    this.#budget = budget;
  }

  whole(): string {
    this.#run(this.#program.body);
    return this.#out.join('');
  }

  #run(nodes: readonly Node[]): Ended {
    for (const node of nodes) {
      this.#budget.step();
      const ended = this.#node(node);
      if (ended !== undefined) return ended;
    }
    return undefined;
  }

  #node(node: Node): Ended {
    switch (node.kind) {
      case 'text':
        this.#write(node.text);
        return undefined;
      case 'reference':
        return this.#insert(node);
      case 'if': {
        const branch = node.branches.find(({ condition }) => truthy(this.#value(condition)));
        return this.#budget.nested(() => this.#run(branch?.body ?? node.otherwise));
      }
      case 'foreach':
        return this.#foreach(node);
      case 'set':
        this.#set(node.target, this.#value(node.value));
        return undefined;
      case 'define':
        this.#defined.set(node.name, node.body);
        return undefined;
      case 'call':
        return this.#call(node);
      case 'evaluate': {
        const text = javaText(this.#value(node.value), this.#budget);
        this.#budget.step(text.length);
        const { body, macros } = parseTemplate(text);
        for (const [name, macro] of macros) this.#macros.set(name, macro);
        return this.#budget.nested(() => this.#run(body));
      }
      case 'break':
      case 'stop':
        return node.kind;
    }
  }

  #write(text: string): void {
    this.#out.push(this.#budget.text(text));
  }

  #insert(reference: Reference): Ended {
    const block = reference.path.length === 0 ? this.#block(reference.name) : undefined;
    if (block !== undefined) return this.#budget.nested(() => this.#run(block));
    this.#write(javaText(this.#reference(reference), this.#budget));
    return undefined;
  }

  /** A `#define`d block, where no variable of the name is nearer. */
  #block(name: string): readonly Node[] | undefined {
    return this.#scopes.some((scope) => scope.has(name)) ? undefined : this.#defined.get(name);
  }

  #foreach({ name, source, body }: Foreach): Ended {
    const items = this.#iterable(this.#value(source));
    const scope = new Map<string, Value>();
    const count = Math.min(items.length, MAX_ITERATIONS);
    this.#scopes.push(scope);
    try {
      return this.#budget.nested(() => {
        for (let index = 0; index < count; index += 1) {
          this.#budget.step();
          scope.set(name, items[index] ?? null);
          scope.set('foreach', loop(index, count));
          scope.set('velocityCount', index + 1);
          scope.set('velocityHasNext', index + 1 < count);
          const ended = this.#run(body);
          if (ended === 'break') return undefined;
          if (ended === 'stop') return ended;
        }
        return undefined;
      });
    } finally {
      this.#scopes.pop();
    }
  }

  /** What a loop goes over: a list's items, a map's values, as they are when it begins. */
  #iterable(value: Value): readonly Value[] {
    if (value instanceof List) {
      const items = value.items.slice(0, MAX_ITERATIONS);
      this.#budget.step(items.length / 10);
      return items;
    }
    if (!(value instanceof Map)) return [];
    this.#budget.step(value.size / 10);
    return [...value.values()];
  }

  #call({ name, args, body }: Call): Ended {
    const macro = this.#macros.get(name);
    if (macro === undefined) return undefined;
    const scope = new Map<string, Value>(
      macro.parameters.map((parameter, index) => {
        const given = args[index];
        return [parameter, given === undefined ? null : this.#value(given)];
      }),
    );
    if (body !== undefined) scope.set('bodyContent', this.#rendered(body));
    this.#scopes.push(scope);
    try {
      const ended = this.#budget.nested(() => this.#run(macro.body));
      return ended === 'stop' ? ended : undefined;
    } finally {
      this.#scopes.pop();
    }
  }

  #rendered(nodes: readonly Node[]): string {
    const outer = this.#out;
    this.#out = [];
    try {
      this.#budget.nested(() => this.#run(nodes));
      return this.#budget.text(this.#out.join(''));
    } finally {
      this.#out = outer;
    }
  }

  #value(expression: Expression): Value {
    this.#budget.step();
    if (expression.kind === 'literal') return expression.value;
    return this.#budget.nested(() => this.#computed(expression));
  }

  #computed(expression: Exclude<Expression, { kind: 'literal' }>): Value {
    switch (expression.kind) {
      case 'double':
        return new Double(expression.value);
      case 'interpolated':
        return this.#rendered(expression.body);
      case 'reference': {
        const block = expression.path.length === 0 ? this.#block(expression.name) : undefined;
        return block === undefined ? this.#reference(expression) : this.#rendered(block);
      }
      case 'list':
        return new List(expression.items.map((item) => this.#value(item)));
      case 'map':
        return new Map(
          expression.entries.map(([key, value]) => [
            javaText(this.#value(key), this.#budget),
            this.#value(value),
          ]),
        );
      case 'range':
        return this.#range(numberOf(this.#value(expression.from)), numberOf(this.#value(expression.to)));
      case 'not':
        return !truthy(this.#value(expression.value));
      case 'negate':
        return binary('-', 0, this.#value(expression.value), this.#budget);
      case 'binary':
        return this.#binary(expression);
    }
  }

  #binary({ operator, left, right }: Extract<Expression, { kind: 'binary' }>): Value {
    switch (operator) {
      case '||':
        return truthy(this.#value(left)) || truthy(this.#value(right));
      case '&&':
        return truthy(this.#value(left)) && truthy(this.#value(right));
      default:
        return binary(operator, this.#value(left), this.#value(right), this.#budget);
    }
  }

  /** `[1..3]` counts both ways. */
  #range(from: number | bigint | undefined, to: number | bigint | undefined): Value {
    if (from === undefined || to === undefined) return null;
    const [start, end] = [Math.trunc(Number(from)), Math.trunc(Number(to))];
    const size = Math.abs(end - start) + 1;
    this.#budget.step(size);
    const direction = start <= end ? 1 : -1;
    return new List(Array.from({ length: size }, (_none, index) => start + index * direction));
  }

  #reference({ name, path }: Reference): Value {
    return path.reduce<Value>((value, step) => {
      switch (step.kind) {
        case 'property':
          return propertyOf(value, step.name);
        case 'index':
          return indexed(value, this.#value(step.key), this.#budget);
        case 'method':
          return callMethod(
            value,
            step.name,
            step.args.map((argument) => this.#value(argument)),
            this.#budget,
          );
      }
    }, this.#variable(name));
  }

  #variable(name: string): Value {
    const scope = this.#scopes.findLast((one) => one.has(name));
    return (scope ?? this.#variables).get(name) ?? null;
  }

  /** `#set($x = …)`, `#set($map.key = …)`, `#set($list[0] = …)` */
  #set(target: Reference, value: Value): void {
    const last = target.path.at(-1);
    if (last === undefined) {
      const scope = this.#scopes.findLast((one) => one.has(target.name));
      (scope ?? this.#variables).set(target.name, value);
      this.#defined.delete(target.name);
      return;
    }
    const holder = this.#reference({ ...target, path: target.path.slice(0, -1) });
    const key = last.kind === 'index' ? this.#value(last.key) : last.name;
    if (holder instanceof Map) holder.set(javaText(key, this.#budget), value);
    else if (holder instanceof List) {
      const index = Number(numberOf(key) ?? -1);
      if (Number.isInteger(index) && index >= 0 && index < holder.items.length) holder.items[index] = value;
    }
  }
}

function loop(index: number, count: number): Host {
  const properties: Readonly<Record<string, Value>> = {
    index,
    count: index + 1,
    hasNext: index + 1 < count,
    first: index === 0,
    last: index + 1 === count,
  };
  return new Host(
    { hasNext: () => index + 1 < count, getIndex: () => index, getCount: () => index + 1 },
    (name) => (Object.hasOwn(properties, name) ? (properties[name] ?? null) : null),
  );
}
