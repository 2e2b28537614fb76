import type { Language } from '../../api.ts';
import { totalsOf, type CheckResult, type Result } from '../../result/result.ts';

const words = {
  en: {
    lab: 'First handler',
    active: 'The function is active on a supported runtime',
    greets:
      'The greeting uses the name it is given, the language it is asked for and the word from the environment variable',
    greetsWhy:
      'The function answered, but with another name than the one it was given. A constant cannot greet anybody.',
    greetsNext: 'Build the message from `event.name` in `src/greeting.ts`.',
    logLine: 'log line',
    policy: 'trust policy of the execution role',
    id: 'The result carries the id of its invocation',
    errors: 'A name that is not text is refused with an error of its own',
    errorsWhy: 'The grader could not finish this check: ServiceException: Internal failure',
    errorsNext: 'This costs you no points. Grade again; if it stays, run `npm run doctor`.',
    callback: 'The handler takes at most two parameters',
    callbackWhy:
      'This target does not show that callback handlers are refused, so only the configuration was checked.',
    role: 'Only Lambda may assume the role',
    roleWhy: 'Anybody may assume the role `lab01-greeter-role`.',
    roleNext: 'Name `lambda.amazonaws.com` as the only principal.',
    detail: 'detail',
  },
  ko: {
    lab: '첫 번째 핸들러',
    active: '함수가 지원되는 런타임에서 Active 상태예요',
    greets: '인사말이 전달받은 이름과 요청한 언어, 그리고 환경 변수에 있는 인사 단어를 사용해서 만들어져요',
    greetsWhy:
      '함수가 응답했지만 전달받은 이름과 다른 이름으로 인사했어요. 상수로는 누구에게도 인사할 수 없어요.',
    greetsNext: '`src/greeting.ts`에서 `event.name`으로 메시지를 만들어 주세요.',
    logLine: '로그 줄',
    policy: '실행 역할의 신뢰 정책',
    id: '결과에 그 호출의 ID가 들어 있어요',
    errors: '텍스트가 아닌 이름은 이름이 있는 오류로 거절해요',
    errorsWhy: '채점기가 이 검사를 끝내지 못했어요: ServiceException: Internal failure',
    errorsNext: '점수는 깎이지 않아요. 다시 채점해 보고, 계속되면 `npm run doctor`를 실행해 주세요.',
    callback: '핸들러의 매개변수는 두 개 이하예요',
    callbackWhy: '이 대상에서는 콜백 핸들러를 거부하는 동작을 볼 수 없어서 설정만 확인했어요.',
    role: '역할은 Lambda만 맡을 수 있어요',
    roleWhy: '누구나 `lab01-greeter-role` 역할을 맡을 수 있어요.',
    roleNext: '`lambda.amazonaws.com`만 보안 주체로 지정해 주세요.',
    detail: '자세한 내용',
  },
} satisfies Record<Language, Record<string, string>>;

/** A result with every status and the values that are hard to show. */
export function sampleResult(language: Language): Result {
  const say = words[language];
  const verifiedOn = ['embedded', 'aws'] as const;
  const checks: CheckResult[] = [
    {
      id: 'active',
      title: say.active,
      points: 10,
      verifiedOn,
      durationMs: 41,
      status: 'passed',
      evidence: [],
    },
    {
      id: 'greets',
      title: say.greets,
      points: 20,
      verifiedOn,
      durationMs: 212,
      status: 'failed',
      why: say.greetsWhy,
      expected: '"안녕, Ada\u00a07k2!"',
      actual: '"안녕, World! \u200b"',
      evidence: [
        {
          label: say.logLine,
          value:
            '2026-11-23T09:00:00.000Z\t5e0f\tINFO\t\u001b[31mred\u001b[0m <b>bold</b> & | `code` \r\nnext line  ',
        },
      ],
      next: say.greetsNext,
    },
    {
      id: 'request-id',
      title: say.id,
      points: 10,
      verifiedOn,
      durationMs: 0,
      status: 'skipped',
      cause: { id: 'greets', title: say.greets, status: 'failed' },
    },
    {
      id: 'no-callback',
      title: say.callback,
      points: 5,
      verifiedOn: ['aws'],
      durationMs: 80,
      status: 'unverified',
      missing: ['rejectsCallbackHandlers'],
      configuration: true,
      why: say.callbackWhy,
      evidence: [],
    },
    {
      id: 'named-error',
      title: say.errors,
      points: 10,
      verifiedOn,
      durationMs: 15,
      status: 'error',
      why: say.errorsWhy,
      evidence: [{ label: say.detail, value: 'HTTP 500, request id 5e0f' }],
      next: say.errorsNext,
    },
    {
      id: 'role',
      title: say.role,
      points: 15,
      verifiedOn,
      durationMs: 33,
      status: 'failed',
      why: say.roleWhy,
      evidence: [
        { label: say.policy, value: '{\n  "Principal": { "AWS": "*" },\n  "Action": "sts:AssumeRole"\n}' },
        { label: 'AssumeRole', value: '' },
      ],
      next: say.roleNext,
    },
  ];
  return {
    format: 'coldstart-result',
    version: 1,
    lab: { number: 1, slug: 'first-handler', title: say.lab },
    language,
    target: {
      name: 'embedded',
      endpoint: 'http://127.0.0.1:4566',
      region: 'us-east-1',
      account: '000000000000',
    },
    seed: 7,
    startedAt: '2026-11-23T09:00:00.000Z',
    endedAt: '2026-11-23T09:00:01.234Z',
    versions: { coldstart: '0.1.0', node: 'v24.0.0' },
    submission: { digest: `sha256:${'0'.repeat(64)}`, files: 4 },
    partial: false,
    checks,
    totals: totalsOf(checks),
  };
}

/** The same lab, all done. */
export function passedResult(language: Language): Result {
  const sample = sampleResult(language);
  const checks = sample.checks.map(({ id, title, points, verifiedOn, durationMs }): CheckResult => ({
    id,
    title,
    points,
    verifiedOn,
    durationMs,
    status: 'passed',
    evidence: [],
  }));
  return { ...sample, checks, totals: totalsOf(checks) };
}
