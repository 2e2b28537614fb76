const en = {
  what: (said: string) => `Nobody knows how to make a new "${said}".`,
  whatNext: 'npm run new app hello-api',
  which: 'Which one?',
  number: (most: number) => `Number, 1 to ${String(most)}: `,
  choose: 'Nobody can be asked here which application it shall be.',
  chooseNext: (name: string, first: string) => `npm run new app ${name} -- --from ${first}`,
  unknown: (said: string) => `There is no application "${said}".`,
  unknownNext: (names: string) => `Choose one of ${names}.`,
  badName: (name: string) => `"${name}" cannot be the name of an application.`,
  badNameNext:
    'Small letters, digits and hyphens, a letter first, 40 at most: it becomes the name of the stack.',
  there: (where: string) => `${where} is there already; nothing in it was changed.`,
  thereNext: (name: string) => `Choose another name: npm run new app ${name}-2 -- --from …`,
  made: (name: string, where: string) => `${name} is in ${where}.`,
  next: 'Next',
  read: (where: string) => `Read ${where}.`,
  removing: 'Removing the application',
  removed: (stack: string) => `The stack ${stack} is gone, with all that it had made.`,
  nothing: (stack: string) => `There was no stack ${stack}.`,
};

const ko: typeof en = {
  what: (said) => `새 "${said}"을(를) 만드는 방법은 없어요.`,
  whatNext: 'npm run new app hello-api',
  which: '어떤 애플리케이션으로 시작할까요?',
  number: (most) => `번호(1~${String(most)}): `,
  choose: '여기서는 어떤 애플리케이션인지 물어볼 수 없어요.',
  chooseNext: (name, first) => `npm run new app ${name} -- --from ${first}`,
  unknown: (said) => `"${said}" 애플리케이션은 없어요.`,
  unknownNext: (names) => `다음 중에서 고르세요: ${names}`,
  badName: (name) => `"${name}"은(는) 애플리케이션 이름으로 쓸 수 없어요.`,
  badNameNext: '영어 소문자로 시작하고 소문자, 숫자, 하이픈만 쓸 수 있어요(최대 40자). 스택 이름이 되거든요.',
  there: (where) => `${where} 폴더가 이미 있어요. 내용은 바꾸지 않았어요.`,
  thereNext: (name) => `다른 이름을 쓰세요: npm run new app ${name}-2 -- --from …`,
  made: (name, where) => `${name} 애플리케이션을 ${where}에 만들었어요.`,
  next: '다음',
  read: (where) => `${where}를 읽어 보세요.`,
  removing: '애플리케이션을 지우는 중',
  removed: (stack) => `${stack} 스택과 스택이 만든 것을 모두 지웠어요.`,
  nothing: (stack) => `${stack} 스택은 없었어요.`,
};

export const applicationTexts = { en, ko };
