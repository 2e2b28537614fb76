/**
 * Why a template gave nothing:
 * - `syntax`: it cannot be parsed,
 * - `limit`: it did more than a template may (steps, size, depth),
 * - `payload`: the body that it reads is no JSON; `message` is AWS's text,
 * - `evaluation`: a function of it refused its argument.
 */
export type TemplateFailureKind = 'syntax' | 'limit' | 'payload' | 'evaluation';

export class TemplateFailure extends Error {
  readonly kind: TemplateFailureKind;

  constructor(kind: TemplateFailureKind, message: string) {
    super(message);
    this.name = 'TemplateFailure';
    this.kind = kind;
  }
}
