import { hints, say } from '../../wording/wording.ts';
import type { review as english } from './review.en.ts';

export const review: typeof english = {
  roles: {
    title: '함수마다 따로, 필요한 것만 허용하는 역할',
    hints: hints(
      '함수를 빼앗은 사람은 그 역할이 할 수 있는 일을 모두 할 수 있어요. 최소한은 무엇일까요?',
      '역할에서 `*`를 찾아보세요. 작업에도, 리소스에도요.',
      '함수마다 역할 하나, `dynamodb:PutItem`처럼 이름을 적은 작업, 테이블·대기열·버킷 하나의 ARN을 적은 리소스면 돼요.',
    ),
    shared: (first, second, role) =>
      say(
        `\`${first}\`, \`${second}\` 두 함수가 역할 \`${role}\`을 함께 써요. 한쪽에만 필요한 권한을 다른 쪽도 가져요.`,
        '함수마다 역할을 따로 만드세요.',
      ),
    negated: (role, policy) =>
      say(
        `역할 \`${role}\`의 정책 \`${policy}\`에 \`NotAction\` 또는 \`NotResource\`가 있어요. 적지 않은 것을 모두 허용해요.`,
        '허용할 것을 적으세요.',
      ),
    action: (name, action, policy) =>
      say(
        `\`${name}\` 함수가 정책 \`${policy}\` 때문에 \`${action}\` 작업을 할 수 있어요. \`*\`는 함수가 하는 일보다 훨씬 넓어요.`,
        '작업을 하나씩 적으세요.',
      ),
    resource: (name, action, policy) =>
      say(
        `\`${name}\` 함수가 정책 \`${policy}\` 때문에 계정의 모든 리소스(\`*\`)에 \`${action}\` 작업을 할 수 있어요.`,
        '필요한 리소스 하나의 ARN을 적으세요.',
      ),
  },

  answers: {
    title: '함수마다 누가 호출하고 실패하면 어떻게 되는지 답한 answers.yaml',
    hints: hints(
      '함수마다 물어보세요. 누가 응답을 기다리나요? 아무도 안 기다리나요, 호출한 쪽인가요, 폴러인가요?',
      '비동기는 Lambda 자체의 대기열이 한 번 호출하고 두 번 재시도해요. 폴링은 소스가, 동기는 호출한 쪽이 정해요.',
      '비동기 호출과 스트림은 1 + `MaximumRetryAttempts`(비동기 기본값 2), 대기열은 `maxReceiveCount`를 세세요.',
    ),
    noFile: say(
      '작업 폴더에 `answers.yaml`이 없어요.',
      '파일을 넣으세요. 스타터에 질문이 적힌 파일이 있어요.',
    ),
    unreadable: (line) =>
      say(
        `\`answers.yaml\`이 올바른 YAML이 아니에요. ${line}번째 줄을 읽을 수 없어요.`,
        '그 줄을 고치세요. 탭이 있거나 콜론 뒤에 공백이 빠진 경우가 많아요.',
      ),
    open: (keys) =>
      say(
        `\`answers.yaml\`에 아직 답하지 않은 것이 있어요: ${keys}.`,
        '모두 답하세요. 낱말의 뜻은 파일 위쪽 설명에 있어요.',
      ),
    unknown: (key, value, choices) =>
      say(
        `\`${key}\` 값이 \`${value}\`인데, 고를 수 있는 답이 아니에요.`,
        `다음 중에서 고르세요: ${choices}.`,
      ),
    wrong: (name, field, said) =>
      say(
        `\`answers.yaml\`에는 \`${name}\`의 \`${field}\`가 \`${said}\`라고 적혀 있는데, 지금 구성은 달라요.`,
        '아래의 구성과 가이드의 세 가지 모델 표를 보세요.',
      ),
  },
};
