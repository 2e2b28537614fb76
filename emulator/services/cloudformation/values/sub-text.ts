import { templateError } from '../template/failure.ts';

/** A piece of the text of `Fn::Sub`: what stands there, or the name of what is to be put there. */
export type SubPiece = { readonly text: string } | { readonly name: string };

/**
 * Takes the text of `Fn::Sub` apart; `${!Literal}` is the text `${Literal}`.
 * @throws TemplateFailure where a name has a character that names do not have
 */
export function subPieces(text: string): readonly SubPiece[] {
  const pieces: SubPiece[] = [];
  let from = 0;
  while (true) {
    const start = text.indexOf('${', from);
    const end = start < 0 ? -1 : text.indexOf('}', start);
    if (end < 0) break;
    if (start > from) pieces.push({ text: text.slice(from, start) });
    pieces.push(piece(text.slice(start + 2, end)));
    from = end + 1;
  }
  if (from < text.length || pieces.length === 0) pieces.push({ text: text.slice(from) });
  return pieces;
}

function piece(inside: string): SubPiece {
  if (inside.startsWith('!')) return { text: `\${${inside.slice(1)}}` };
  if (!/^[A-Za-z0-9_.:]+$/.test(inside))
    throw templateError(
      'variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and colons',
    );
  return { name: inside };
}
