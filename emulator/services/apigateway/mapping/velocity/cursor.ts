import { TemplateFailure } from './failure.ts';

/** A place in a template's text. */
export class Cursor {
  readonly text: string;
  at = 0;
  /** Above zero where a failure is only looked for, so that nobody reads where it was. */
  trying = 0;

  constructor(text: string) {
    this.text = text;
  }

  get done(): boolean {
    return this.at >= this.text.length;
  }

  peek(ahead = 0): string {
    return this.text[this.at + ahead] ?? '';
  }

  /** Goes past `token` where it stands here. */
  take(token: string): boolean {
    if (!this.text.startsWith(token, this.at)) return false;
    this.at += token.length;
    return true;
  }

  /** @param pattern sticky */
  match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text) ?? undefined;
    if (found !== undefined) this.at += found[0].length;
    return found;
  }

  space(): void {
    this.match(/\s*/y);
  }

  expect(token: string): void {
    if (!this.take(token)) throw this.failure(`expected ${token}`);
  }

  failure(message: string): TemplateFailure {
    if (this.trying > 0) return new TemplateFailure('syntax', message);
    const before = this.text.slice(0, this.at).split('\n');
    const seen = this.done ? 'the end of the template' : `'${this.text.slice(this.at, this.at + 20)}'`;
    return new TemplateFailure(
      'syntax',
      `${message} but found ${seen} at line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`,
    );
  }
}
