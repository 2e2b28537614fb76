import { UserFailure } from '../session/failure.ts';
import type { Session } from '../session/session.ts';
import type { SourceMistake } from './run-deployment.ts';

const texts = {
  en: {
    unreadable: (count: number) =>
      `Your code cannot be built: ${count === 1 ? 'one mistake' : `${count} mistakes`}.`,
    mend: (place: string) => `Mend ${place}, then run the command again.`,
  },
  ko: {
    unreadable: (count: number) => `코드를 빌드할 수 없어요. 오류 ${count}개가 있어요.`,
    mend: (place: string) => `${place}을(를) 고친 뒤 다시 실행하세요.`,
  },
} as const;

/** Mistakes in a student's sources, each with its line, as one failure. */
export function unreadable(session: Session, mistakes: readonly SourceMistake[]): UserFailure {
  const text = texts[session.language];
  const [first] = mistakes;
  return new UserFailure(
    [text.unreadable(mistakes.length), ...mistakes.map((mistake) => show(session, mistake))].join('\n'),
    { status: 1, ...(first === undefined ? {} : { next: text.mend(`${first.file}:${String(first.line)}`) }) },
  );
}

/** A mistake with its line and a mark under the place. */
function show(session: Session, mistake: SourceMistake): string {
  const { bold, dim, cyan } = session.colors;
  const place = bold(`${mistake.file}:${String(mistake.line)}:${String(mistake.column)}`);
  if (mistake.source === '') return `  ${place}  ${mistake.message}`;
  const number = String(mistake.line);
  const pad = ' '.repeat(number.length);
  return [
    `  ${place}  ${mistake.message}`,
    `  ${dim(`${number} │`)} ${mistake.source}`,
    `  ${dim(`${pad} │`)} ${' '.repeat(mistake.column - 1)}${cyan('^')}`,
  ].join('\n');
}
