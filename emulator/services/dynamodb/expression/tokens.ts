/** A piece of an expression. The last one is of kind `end`. */
export interface Token {
  /** `word`: a name or a keyword; `name`: `#…`; `value`: `:…`. */
  readonly kind: 'word' | 'name' | 'value' | 'number' | 'sign' | 'end' | 'bad';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const piece =
  /([A-Za-z_][A-Za-z0-9_]*)|(#[A-Za-z0-9_]+)|(:[A-Za-z0-9_]+)|(\d+)|(<>|<=|>=|[=<>()[\],.+-])|([^\s])/y;
const kinds = ['word', 'name', 'value', 'number', 'sign', 'bad'] as const;

/** Cuts an expression into tokens. */
export function tokensOf(expression: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    while (/\s/.test(expression.charAt(at))) at += 1;
    if (at >= expression.length) break;
    piece.lastIndex = at;
    const match = piece.exec(expression);
    const text = match?.[0] ?? expression.charAt(at);
    const kind = kinds.find((_, index) => match?.[index + 1] !== undefined) ?? 'bad';
    tokens.push({ kind, text, start: at, end: at + text.length });
    at += text.length;
  }
  tokens.push({ kind: 'end', text: '<EOF>', start: expression.length, end: expression.length });
  return tokens;
}
