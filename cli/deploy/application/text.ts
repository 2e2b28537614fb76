import type { Fault } from './fault.ts';
import type { Mending } from './ready.ts';

/** What is said of a fault: what happened, where, and what to do next. */
export interface Said {
  readonly what: string;
  readonly where?: string;
  readonly next: string;
}
/** A fault that has words of its own; the student's mistakes in sources are shown line by line. */
type Worded = Exclude<Fault, { kind: 'mistakes' }>;

/** How many rows of a table are not shown, by how they are. */
interface Folded {
  readonly complete: number;
  readonly failed: number;
  readonly working: number;
}

const en = {
  stack: (application: string, stack: string) => `${application}  →  stack ${stack}`,
  packages: 'packages',
  uploaded: (count: number, size: string) => `${String(count)} uploaded (${size})`,
  same: (count: number) => `${String(count)} as before`,
  changeSet: 'changes',
  events: 'events',
  seconds: (count: string) => `${count} s`,
  /** What a replacement has left over. */
  replacedOne: (id: string) => `${id} (old)`,
  /** Rows of a table that the window has no room for. */
  more: ({ complete, failed, working }: Folded) =>
    [
      complete > 0 ? `${String(complete)} more complete` : '',
      failed > 0 ? `${String(failed)} more failed` : '',
      working > 0 ? `${String(working)} more at work` : '',
    ]
      .filter((part) => part !== '')
      .join(' · '),
  outputs: 'outputs',
  here: 'here',
  action: { Add: 'add', Modify: 'modify', Remove: 'remove', Import: 'import', Dynamic: 'depends' },
  replaced: 'replaced',
  perhapsReplaced: 'perhaps replaced',
  dataGoes: (names: string) => `What ${names} keeps goes with the old one.`,
  unchanged: 'Nothing to change: the stack is as the template says.',
  done: { created: 'The stack is created.', updated: 'The stack is updated.' },
  declined: 'Nothing was changed.',
  mending: (status: string): Record<Mending, string> => ({
    waits: `The stack is at work (${status}), perhaps since a deployment that was cut off. Waiting for it to end.`,
    deletes: `The stack is in ${status}: it was never complete, and CloudFormation updates no such stack. Deleting it, then creating it anew.`,
    rollsBackOn: `The way back stopped half way (${status}). Going on with it first.`,
  }),
  noApplications: 'The workspace has no application: no folder with a template.yaml, and no deploy.ts.',
  noApplicationsNext: 'Put it back, or begin again with `npm run reset`.',
  noSuchApplication: (name: string) => `There is no application "${name}" in the workspace.`,
  which: (names: string) => `Choose one of: ${names}. Without a name all of them are deployed.`,
  parameter: (name: string, initial: string) => `${name} [${initial}]: `,
  oneOf: (values: string) => `one of ${values}`,
  needsValue: (name: string) => `${name} has no default: type a value.`,
  notAllowed: (reason: string) => `CloudFormation would not take it: ${reason} Type another value.`,
  go: 'Deploy these changes? [Y/n] ',
  noTerminal: '--guided asks questions, and nobody can be asked here.',
  noTerminalNext: 'Leave it out: the values in samconfig.toml and in the template are used.',
  fault(fault: Worded): Said {
    switch (fault.kind) {
      case 'noTemplate':
        return {
          what: 'The folder has no template.',
          where: fault.folder,
          next: 'Put a template.yaml there.',
        };
      case 'unreadable':
        return { what: fault.message, where: fault.file, next: 'Mend the template, then deploy again.' };
      case 'nothingThere':
        return {
          what: `${fault.property} of ${fault.logicalId} names ${fault.path}, and there is no such file or folder.`,
          next: 'A path is relative to the template.',
        };
      case 'noEntry':
        return {
          what: `The code of ${fault.logicalId} cannot be built: there is no ${fault.looked.join(' or ')}.`,
          next: `EntryPoints are relative to CodeUri. The handler ${fault.handler} is the file's name without its extension, a dot, and the export.`,
        };
      case 'imageFunction':
        return {
          what: `${fault.logicalId} is a container image. Images are built by Docker, which is not used here.`,
          next: 'Leave PackageType out and give the function a CodeUri.',
        };
      case 'refused':
        return {
          what: `CloudFormation does not take the template: ${fault.message}`,
          next: 'Nothing was changed. Mend the template, then deploy again.',
        };
      case 'failed':
        return {
          what:
            fault.first === undefined
              ? `The stack ended in ${fault.stackStatus}: ${fault.stackReason ?? ''}`
              : `${fault.first.logicalId} (${fault.first.type}) failed first: ${fault.first.reason}`,
          where: `${fault.first?.status ?? ''} → ${fault.stackStatus}`.replace(/^ → /, ''),
          next: fault.stackStatus.startsWith('UPDATE_ROLLBACK_COMPLETE')
            ? 'The stack is as it was before, and still answers. Mend the cause, then deploy again.'
            : 'Mend the cause, then deploy again: a stack that was never complete is deleted first.',
        };
      case 'stuck':
        return {
          what: `The stack stays in ${fault.stackStatus}: ${fault.message}`,
          next: 'Look at its events for the resource that cannot be changed back or deleted (a bucket must be empty), mend that, then deploy again. `npm run clean` empties buckets and deletes the stack.',
        };
    }
  },
};

const ko: typeof en = {
  stack: (application, stack) => `${application}  →  스택 ${stack}`,
  packages: '패키지',
  uploaded: (count, size) => `${String(count)}개 업로드 (${size})`,
  same: (count) => `${String(count)}개 그대로`,
  changeSet: '변경 세트',
  events: '이벤트',
  seconds: (count) => `${count}초`,
  replacedOne: (id) => `${id} (이전)`,
  more: ({ complete, failed, working }) =>
    [
      complete > 0 ? `외 ${String(complete)}개 완료` : '',
      failed > 0 ? `외 ${String(failed)}개 실패` : '',
      working > 0 ? `외 ${String(working)}개 진행 중` : '',
    ]
      .filter((part) => part !== '')
      .join(' · '),
  outputs: '출력',
  here: '이 컴퓨터',
  action: { Add: '추가', Modify: '수정', Remove: '삭제', Import: '가져오기', Dynamic: '미정' },
  replaced: '교체',
  perhapsReplaced: '교체될 수 있음',
  dataGoes: (names) => `${names}에 들어 있던 데이터는 옛 리소스와 함께 사라져요.`,
  unchanged: '바꿀 것이 없어요. 스택이 템플릿과 같아요.',
  done: { created: '스택을 만들었어요.', updated: '스택을 업데이트했어요.' },
  declined: '아무것도 바꾸지 않았어요.',
  mending: (status) => ({
    waits: `스택이 작업 중이에요(${status}). 중간에 끊긴 배포일 수 있어요. 끝날 때까지 기다려요.`,
    deletes: `스택이 ${status} 상태예요. 한 번도 완성되지 않은 스택은 CloudFormation이 업데이트하지 않아요. 지우고 새로 만들어요.`,
    rollsBackOn: `롤백이 중간에 멈췄어요(${status}). 먼저 롤백을 이어서 해요.`,
  }),
  noApplications: '작업 폴더에 애플리케이션이 없어요. template.yaml이 있는 폴더도, deploy.ts도 없어요.',
  noApplicationsNext: '파일을 되돌리거나 `npm run reset`으로 다시 시작하세요.',
  noSuchApplication: (name) => `작업 폴더에 "${name}" 애플리케이션이 없어요.`,
  which: (names) => `${names} 중에서 고르세요. 이름을 빼면 모두 배포해요.`,
  parameter: (name, initial) => `${name} [${initial}]: `,
  oneOf: (values) => `${values} 중 하나`,
  needsValue: (name) => `${name}에는 기본값이 없어요. 값을 입력하세요.`,
  notAllowed: (reason) => `CloudFormation이 받지 않는 값이에요: ${reason} 다른 값을 입력하세요.`,
  go: '이 변경을 배포할까요? [Y/n] ',
  noTerminal: '--guided는 질문을 하는데, 여기서는 물어볼 사람이 없어요.',
  noTerminalNext: '빼고 실행하세요. samconfig.toml과 템플릿의 값을 써요.',
  fault(fault) {
    switch (fault.kind) {
      case 'noTemplate':
        return { what: '폴더에 템플릿이 없어요.', where: fault.folder, next: 'template.yaml을 넣으세요.' };
      case 'unreadable':
        return { what: fault.message, where: fault.file, next: '템플릿을 고친 뒤 다시 배포하세요.' };
      case 'nothingThere':
        return {
          what: `${fault.logicalId}의 ${fault.property}에 쓴 파일이나 폴더가 없어요: ${fault.path}`,
          next: '경로는 템플릿이 있는 폴더를 기준으로 써요.',
        };
      case 'noEntry':
        return {
          what: `${fault.logicalId}의 코드를 빌드할 수 없어요. 파일이 없어요: ${fault.looked.join(', ')}`,
          next: `EntryPoints는 CodeUri를 기준으로 써요. 핸들러 ${fault.handler}는 확장자를 뺀 파일 이름, 점, 내보낸 이름의 순서예요.`,
        };
      case 'imageFunction':
        return {
          what: `${fault.logicalId}은(는) 컨테이너 이미지예요. 이미지는 Docker로 빌드하는데 여기서는 쓰지 않아요.`,
          next: 'PackageType을 빼고 함수에 CodeUri를 쓰세요.',
        };
      case 'refused':
        return {
          what: `CloudFormation이 템플릿을 받지 않았어요: ${fault.message}`,
          next: '바뀐 것은 없어요. 템플릿을 고친 뒤 다시 배포하세요.',
        };
      case 'failed':
        return {
          what:
            fault.first === undefined
              ? `스택이 ${fault.stackStatus} 상태로 끝났어요: ${fault.stackReason ?? ''}`
              : `가장 먼저 실패한 리소스는 ${fault.first.logicalId}(${fault.first.type})이에요: ${fault.first.reason}`,
          where: `${fault.first?.status ?? ''} → ${fault.stackStatus}`.replace(/^ → /, ''),
          next: fault.stackStatus.startsWith('UPDATE_ROLLBACK_COMPLETE')
            ? '스택은 이전 상태로 돌아갔고 계속 응답해요. 원인을 고친 뒤 다시 배포하세요.'
            : '원인을 고친 뒤 다시 배포하세요. 한 번도 완성되지 않은 스택은 먼저 지워져요.',
        };
      case 'stuck':
        return {
          what: `스택이 ${fault.stackStatus} 상태에 머물러 있어요: ${fault.message}`,
          next: '스택 이벤트에서 되돌리거나 지울 수 없는 리소스를 찾아(버킷은 비어 있어야 해요) 고친 뒤 다시 배포하세요. `npm run clean`은 버킷을 비우고 스택을 지워요.',
        };
    }
  },
};

export const applicationTexts = { en, ko };
export type ApplicationText = typeof en;
