import { say } from '../../wording/wording.ts';
import type { Answered } from './answered.en.ts';

export const answered = (lab: number, stage: string): Answered => ({
  unknown: (route) =>
    say(
      `\`${route}\`의 응답이 “Missing Authentication Token”이에요. 스테이지에 그런 메서드가 없을 때 게이트웨이가 하는 말이에요.`,
      `경로와 메서드를 비교해 보고, API를 \`${stage}\`로 다시 배포하세요.`,
    ),
  notAsked: (route) =>
    say(
      `게이트웨이가 \`${route}\`에 500으로 응답했어요. 함수를 아예 호출하지 못했어요.`,
      '함수의 정책과 통합 URI를 살펴보세요.',
    ),
  broken: (route) =>
    say(
      `게이트웨이가 \`${route}\`에 502로 응답했어요. 함수가 실패했거나 결과가 \`AWS_PROXY\`의 형식이 아니에요.`,
      `함수 로그를 읽고(\`npm run logs ${lab}\`), 결과를 정해진 형식과 비교하세요.`,
    ),
  late: (route) =>
    say(
      `게이트웨이가 \`${route}\`에 504로 응답했어요. 함수가 제때 답하지 않았어요.`,
      '함수가 무엇을 기다리는지 찾아보세요.',
    ),
  other: (route, status) =>
    say(`\`${route}\`의 응답 상태가 ${status}이에요.`, '아래 응답을 보고 어디에서 만들어지는지 찾아보세요.'),
});
