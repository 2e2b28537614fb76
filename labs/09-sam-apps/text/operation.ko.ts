import { hints, say } from '../../wording/wording.ts';
import type { operation as english } from './operation.en.ts';

export const operation: typeof english = {
  copy: {
    notMade: (name) =>
      say(
        `\`${name}\`의 템플릿을 이 계정에 두 번 배포할 수 없어요. 가장 먼저 실패한 것이 아래에 있어요.`,
        '이름(`TableName`, `FunctionName`, `RoleName`)을 빼세요. CloudFormation이 스택마다 이름을 지어요. 이름이 꼭 필요하면 `${AWS::StackName}`으로 시작하세요.',
      ),
  },

  update: {
    title: '파라미터를 바꿔도 그대로인 테이블',
    inPlace: '테이블 변경 없음 또는 제자리 변경',
    hints: hints(
      '무엇이 교체될지는 변경 세트가 미리 알려 줘요.',
      '테이블의 이름과 키는 바꿀 수 없어요. 바꾸면 CloudFormation이 새 테이블을 만들고, 옛 테이블은 데이터와 함께 지워요.',
      '테이블에 `TableName`을 쓰지 마세요. 파라미터가 들어간 이름은 더욱 안 돼요.',
    ),
    replaced: (table) =>
      say(
        `파라미터의 값을 바꾸면 CloudFormation이 테이블 \`${table}\`을(를) 교체해요. 새 테이블은 비어 있고 옛 테이블은 지워져요.`,
        '원인은 아래에 있어요. 그 속성에서 파라미터를 빼세요.',
      ),
  },

  rollback: {
    title: '실패한 업데이트의 롤백과 API의 응답',
    hints: hints(
      '채점기는 스택의 복사본을 만들어 망가뜨려요. 템플릿을 두 번 배포할 수 없게 하는 것은 무엇일까요?',
      '적어 둔 이름은 여러분의 스택이 이미 쓰고 있어요.',
      'CloudFormation이 지을 수 있는 이름은 모두 빼세요. 그러면 복사본을 만들고, 망가뜨리고, 되돌린 뒤 요청해 볼 수 있어요.',
    ),
    noAnswer: say(
      '스택의 복사본을 만들고 그 테이블에 항목을 넣었는데, 복사본의 API가 그 항목을 돌려주지 않아요.',
      '스택마다 다른 것은 템플릿이 함수에 넘기게 하세요. 테이블 이름은 `!Ref`로 넘겨요.',
    ),
    notBack: say(
      '만들 수 없는 리소스를 넣어 스택의 복사본을 업데이트했는데, 이전 상태로 돌아오지 않았어요.',
      '아래의 상태를 보고, 여러분의 스택에서 그런 업데이트를 했을 때의 이벤트를 확인하세요.',
    ),
    changed: say(
      '실패한 업데이트를 롤백한 뒤, 스택의 복사본이 이전과 다르게 응답해요.',
      '되돌려지지 않는 것(사용자 지정 리소스, 배포할 때 만드는 이름)을 템플릿에서 빼세요.',
    ),
  },

  rights: {
    title: '필요한 만큼만 허용하는 역할',
    hints: hints(
      '누군가 이 함수를 빼앗는다면 무엇을 할 수 있을까요?',
      '정책 템플릿에는 작업과 리소스 하나가 정해져 있어요. `*`는 내일 만들 것까지 전부예요.',
      '와일드카드가 있는 `Statement`와 `AmazonDynamoDBFullAccess` 같은 관리형 정책을 빼고 `DynamoDBCrudPolicy`, `S3ReadPolicy`, `SQSSendMessagePolicy` 같은 정책 템플릿을 쓰세요.',
    ),
    managed: (role, policy) =>
      say(
        `역할 \`${role}\`에 관리형 정책 \`${policy}\`이(가) 있어요. AWS가 모든 계정을 위해 쓴 정책이라 여러분의 테이블이나 버킷 하나를 가리킬 수 없어요. 전부 허용해요.`,
        '함수가 쓰는 리소스를 적은 정책 템플릿으로 바꾸세요.',
      ),
    everyAction: (role, action) =>
      say(
        `역할 \`${role}\`이(가) \`${action}\`을(를) 허용해요. 함수가 하지 않는 일과 삭제까지 들어 있어요.`,
        '작업이 정해져 있는 정책 템플릿으로 바꾸세요.',
      ),
    everyResource: (role, resource) =>
      say(
        `역할 \`${role}\`이(가) \`${resource}\`에 작업을 허용해요. 계정에 있는 그런 리소스 전부예요.`,
        '리소스 하나를 적거나 정책 템플릿에 맡기세요.',
      ),
  },

  removal: {
    title: '스택을 지우면 아무것도 남지 않음',
    hints: hints(
      '쓰던 스택을 지우면 무엇이 남을까요?',
      'CloudFormation은 자기가 만든 것을 지워요. Lambda가 첫 호출 때 만드는 로그 그룹은 거기에 없고, 남기라고 하는 정책도 있어요.',
      '템플릿에 로그 그룹을 두고 모든 함수의 `LoggingConfig`가 그것을 가리키게 하고, `DeletionPolicy: Retain`은 쓰지 마세요.',
    ),
    failed: say(
      '스택의 복사본을 쓰고 지웠는데 삭제가 실패했어요. 실패한 것이 아래에 있어요.',
      '무엇이 그 리소스를 붙잡고 있는지 찾으세요. 버킷은 비어 있어야 하고, 다른 것이 쓰고 있으면 안 돼요.',
    ),
    kept: (names) =>
      say(
        `스택의 복사본을 지웠는데 ${names}이(가) 남았어요. \`DeletionPolicy\` 때문이에요. 고객의 데이터라면 맞는 선택이지만, 여기서는 아무도 쓰지 않는 것의 요금을 내게 돼요.`,
        '템플릿에서 `DeletionPolicy: Retain`을 빼세요.',
      ),
    logGroup: (count) =>
      say(
        `스택의 복사본을 쓰고 지웠는데 함수의 로그 그룹 ${count}개가 남았어요. Lambda가 첫 호출 때 만든 로그 그룹이라 CloudFormation은 알지 못하고, 로그는 영원히 남아요.`,
        '템플릿에 보존 기간이 있는 로그 그룹을 선언하고, 모든 함수의 `LoggingConfig`가 그것을 가리키게 하세요.',
      ),
  },
};
