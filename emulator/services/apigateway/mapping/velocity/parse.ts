import type { Branch, Expression, Macro, Node, Program } from './ast.ts';
import { Cursor } from './cursor.ts';
import { Nesting } from './nesting.ts';
import { ExpressionParser, IDENTIFIER } from './parse-expression.ts';

/**
 * Parses a template of the Velocity Template Language as API Gateway knows it (Velocity 1.7).
 * https://velocity.apache.org/engine/1.7/vtl-reference.html
 * @throws TemplateFailure of kind `syntax` or `limit`
 */
export function parseTemplate(text: string): Program {
  const macros = new Map<string, Macro>();
  const names = new Set<string>();
  const shared = { macros, names, declared: declaredIn(text), nesting: new Nesting() };
  return { body: new TemplateParser(text, shared).whole(), macros, names };
}

/** What the parts of one template share, double-quoted texts too. */
interface Shared {
  readonly macros: Map<string, Macro>;
  readonly names: Set<string>;
  /** A macro may be called before it is defined. */
  readonly declared: ReadonlySet<string>;
  readonly nesting: Nesting;
}

const declaredIn = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(/#\{?macro\}?[ \t]*\(\s*([A-Za-z_][\w-]*)/g)].map((found) => found[1] ?? ''));

/** What ends a block; the directive is passed where it is found. */
type End = 'end' | 'else' | 'elseif';

class TemplateParser {
  readonly #cursor: Cursor;
  readonly #shared: Shared;
  readonly #expressions: ExpressionParser;
  #out: Node[] = [];
  #text = '';
  #rawCloses = true;

  constructor(text: string, shared: Shared) {
    this.#cursor = new Cursor(text);
    this.#shared = shared;
    this.#expressions = new ExpressionParser(
      this.#cursor,
      (inner) => this.#deeper(() => new TemplateParser(inner, shared).whole()),
      shared.names,
      shared.nesting,
    );
  }

  whole(): readonly Node[] {
    const { nodes, end } = this.#block([]);
    if (end !== undefined) throw this.#cursor.failure(`#${end} stands without its block: expected text`);
    return nodes;
  }

  /** Up to one of `ends`; with none of them expected, up to the end of the text. */
  #block(ends: readonly End[]): { nodes: readonly Node[]; end: End | undefined } {
    const [outer, outerText] = [this.#out, this.#text];
    this.#out = [];
    this.#text = '';
    let end: End | undefined;
    while (end === undefined && !this.#cursor.done) end = this.#next();
    if (end === undefined ? ends.length > 0 : ends.length > 0 && !ends.includes(end)) {
      throw this.#cursor.failure(`expected ${ends.map((one) => `#${one}`).join(' or ')}`);
    }
    this.#flush();
    const nodes = this.#out;
    [this.#out, this.#text] = [outer, outerText];
    return { nodes, end };
  }

  #flush(): void {
    if (this.#text !== '') this.#out.push({ kind: 'text', text: this.#text });
    this.#text = '';
  }

  #push(node: Node): void {
    this.#flush();
    this.#out.push(node);
  }

  #next(): End | undefined {
    const cursor = this.#cursor;
    this.#text += cursor.match(/[^$#\\]+/y)?.[0] ?? '';
    switch (cursor.peek()) {
      case '$': {
        const reference = this.#expressions.reference();
        if (reference !== undefined) this.#push(reference);
        else this.#literally();
        return undefined;
      }
      case '#':
        return this.#directive();
      case '\\':
        this.#escape();
        return undefined;
      default:
        return undefined;
    }
  }

  #literally(): void {
    this.#text += this.#cursor.peek();
    this.#cursor.at += 1;
  }

  /** `\$x` and `\#if` are the text after the backslash; two backslashes are one. */
  #escape(): void {
    const cursor = this.#cursor;
    const found = cursor.match(
      /(\\+)(?=\$!?\{?[A-Za-z_]|#\{?(?:if|elseif|else|end|set|foreach|macro|define)\b)/y,
    );
    if (found === undefined) {
      this.#text += cursor.match(/\\+/y)?.[0] ?? '';
      return;
    }
    const count = found[0].length;
    this.#text += '\\'.repeat(Math.floor(count / 2));
    if (count % 2 === 1) this.#literally();
  }

  #directive(): End | undefined {
    const cursor = this.#cursor;
    if (cursor.match(/##[^\n]*\n?/y) ?? cursor.match(/#\*[^]*?(?:\*#|$)/y)) return undefined;
    if (this.#raw()) return undefined;
    const named = cursor.match(/#(?:\{(@?[A-Za-z][\w-]*)\}|(else(?!if)|end|break|stop|@?[A-Za-z][\w-]*))/y);
    if (named === undefined) {
      this.#literally();
      return undefined;
    }
    return this.#named(named[1] ?? named[2] ?? '', named[0]);
  }

  /** `#[[ … ]]#` is text as it stands. */
  #raw(): boolean {
    const cursor = this.#cursor;
    if (!this.#rawCloses || !cursor.text.startsWith('#[[', cursor.at)) return false;
    const end = cursor.text.indexOf(']]#', cursor.at);
    // Looked for once: a text of many openings is not searched for each of them.
    this.#rawCloses = end !== -1;
    if (end === -1) return false;
    this.#text += cursor.text.slice(cursor.at + 3, end);
    cursor.at = end + 3;
    return true;
  }

  #named(name: string, written: string): End | undefined {
    switch (name) {
      case 'end':
      case 'else':
        this.#newline();
        return name;
      case 'elseif':
        return name;
      case 'break':
      case 'stop':
        this.#push({ kind: name });
        return undefined;
      default:
        break;
    }
    const node = this.#withArguments(name);
    if (node === 'text') this.#text += written;
    else if (node !== undefined) this.#push(node);
    return undefined;
  }

  /** `undefined` for a directive that leaves nothing behind. */
  #withArguments(name: string): Node | 'text' | undefined {
    const known = KNOWN.has(name) || this.#shared.declared.has(name.replace('@', ''));
    const start = this.#cursor.at;
    if (!known || this.#cursor.match(/[ \t]*\(/y) === undefined) {
      this.#cursor.at = start;
      return 'text';
    }
    switch (name) {
      case 'set':
        return this.#set();
      case 'if':
        return this.#if();
      case 'foreach':
        return this.#foreach();
      case 'macro':
        this.#macro();
        return undefined;
      case 'define':
        return this.#define();
      case 'evaluate':
        return { kind: 'evaluate', value: this.#argument() };
      case 'include':
      case 'parse':
        // There are no files beside a mapping template.
        this.#expressions.list(')');
        return undefined;
      default:
        return this.#call(name);
    }
  }

  #set(): Node {
    // On a line of its own, #set takes the blanks before it along.
    let end = this.#text.length;
    while (end > 0 && ' \t'.includes(this.#text[end - 1] ?? '')) end -= 1;
    const begins = end === 0 ? this.#out.length === 0 : this.#text[end - 1] === '\n';
    if (begins) this.#text = this.#text.slice(0, end);
    this.#cursor.space();
    const target = this.#expressions.reference();
    if (target === undefined) throw this.#cursor.failure('expected a reference');
    this.#cursor.space();
    this.#cursor.expect('=');
    return { kind: 'set', target, value: this.#argument() };
  }

  #if(): Node {
    const branches: Branch[] = [];
    let condition = this.#argument();
    for (;;) {
      const { nodes, end } = this.#deeper(() => this.#block(['end', 'else', 'elseif']));
      branches.push({ condition, body: nodes });
      if (end === 'elseif') {
        if (this.#cursor.match(/[ \t]*\(/y) === undefined) throw this.#cursor.failure('expected (');
        condition = this.#argument();
      } else {
        const otherwise = end === 'else' ? this.#deeper(() => this.#block(['end'])).nodes : [];
        return { kind: 'if', branches, otherwise };
      }
    }
  }

  #foreach(): Node {
    const cursor = this.#cursor;
    cursor.space();
    const target = this.#expressions.reference();
    cursor.space();
    if (target === undefined || cursor.match(/in\b/y) === undefined) {
      throw cursor.failure('expected $item in');
    }
    const source = this.#argument();
    const { nodes } = this.#deeper(() => this.#block(['end']));
    return { kind: 'foreach', name: target.name, source, body: nodes };
  }

  #macro(): void {
    const cursor = this.#cursor;
    cursor.space();
    const name = cursor.match(IDENTIFIER)?.[0] ?? '';
    const parameters: string[] = [];
    for (;;) {
      cursor.match(/[\s,]*/y);
      if (cursor.take(')')) break;
      const parameter = this.#expressions.reference();
      if (parameter === undefined) throw cursor.failure('expected a parameter');
      parameters.push(parameter.name);
    }
    this.#newline();
    const { nodes } = this.#deeper(() => this.#block(['end']));
    this.#shared.macros.set(name, { parameters, body: nodes });
  }

  #define(): Node {
    this.#cursor.space();
    const target = this.#expressions.reference();
    this.#cursor.space();
    if (target === undefined || !this.#cursor.take(')')) throw this.#cursor.failure('expected a reference');
    this.#newline();
    return { kind: 'define', name: target.name, body: this.#deeper(() => this.#block(['end'])).nodes };
  }

  /** `#name($a "b")`: blanks or commas between the arguments. */
  #call(name: string): Node {
    const args: Expression[] = [];
    for (;;) {
      this.#cursor.match(/[\s,]*/y);
      if (this.#cursor.take(')')) break;
      args.push(this.#expressions.expression(Infinity));
    }
    this.#newline();
    if (!name.startsWith('@')) return { kind: 'call', name, args, body: undefined };
    const { nodes } = this.#deeper(() => this.#block(['end']));
    return { kind: 'call', name: name.slice(1), args, body: nodes };
  }

  /** The rest of `#directive(…)`, its newline too. */
  #argument(): Expression {
    const value = this.#expressions.expression();
    this.#cursor.space();
    this.#cursor.expect(')');
    this.#newline();
    return value;
  }

  /** A directive takes the rest of its line with it where nothing else is there. */
  #newline(): void {
    this.#cursor.match(/[ \t]*\r?\n/y);
  }

  #deeper<T>(parse: () => T): T {
    return this.#shared.nesting.deeper(parse);
  }
}

const KNOWN: ReadonlySet<string> = new Set([
  'set',
  'if',
  'foreach',
  'macro',
  'define',
  'evaluate',
  'include',
  'parse',
]);
