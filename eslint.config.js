import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/**
 * Who may know whom (design.md, "The house"): `folder` may import none of `forbidden`.
 * Written as import patterns, because every import in the project is relative.
 */
const boundary = (files, forbidden, why, ignores = []) => ({
  files,
  ignores: ['**/*.test.ts', ...ignores],
  rules: {
    'no-restricted-imports': [
      'error',
      { patterns: forbidden.map((folder) => ({ regex: `^(\\.\\./)+${folder}/`, message: why })) },
    ],
  },
});

export default tseslint.config(
  { ignores: ['node_modules/', 'work/', '.coldstart/', 'labs/*/mistakes/', '**/*.d.ts'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked.map((config) => ({ ...config, files: ['**/*.ts'] })),
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // An operation may be answered at once or later; the table's type allows both.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      // `from<T>(id)` and its like name what the caller expects of a value that was parsed elsewhere.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
    },
  },
  {
    // Programs that talk to a terminal, handlers that students read, and tests.
    files: [
      'cli/**',
      'tooling/**',
      '**/*.test.ts',
      'labs/*/starter/**',
      'solutions/**',
      'templates/**',
      'emulator/services/lambda/execution/bootstrap/**',
    ],
    rules: { 'no-console': 'off' },
  },
  {
    // What students read: Node's own test runner awaits its tests, and a starter has gaps.
    files: ['labs/*/starter/**', 'solutions/**'],
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        { allowForKnownSafeCalls: [{ from: 'package', package: 'node:test', name: ['test', 'todo'] }] },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { args: 'none' }],
    },
  },
  {
    files: ['**/*.test.ts'],
    rules: { 'max-lines': ['error', { max: 600, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: ['**/*.mjs', '**/*.cjs', '**/*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'process',
          'console',
          'Buffer',
          'URL',
          'setTimeout',
          'clearTimeout',
          'setImmediate',
          'setInterval',
          'clearInterval',
          'fetch',
          'require',
          'module',
          'exports',
          '__dirname',
          'globalThis',
          'performance',
          'AbortController',
          'AbortSignal',
          'TextDecoder',
          'TextEncoder',
          'queueMicrotask',
          'structuredClone',
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
  {
    files: ['workbook/assets/*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        ['document', 'localStorage', 'navigator', 'location'].map((name) => [name, 'readonly']),
      ),
    },
  },
  boundary(
    ['emulator/**/*.ts'],
    ['cli', 'grader', 'labs', 'workbook', 'classroom'],
    'The emulator knows nobody.',
  ),
  boundary(
    ['grader/**/*.ts'],
    ['cli', 'emulator', 'labs', 'workbook', 'classroom'],
    'The grader knows AWS only through the SDK and HTTP.',
  ),
  boundary(
    ['labs/**/*.ts'],
    ['cli', 'emulator', 'workbook', 'classroom', 'grader/(?!api\\.ts)[^"]*'],
    "Labs know the grader's public api only.",
    ['labs/prove.ts', 'labs/proof/**'],
  ),
  boundary(
    ['workbook/**/*.ts'],
    ['cli', 'emulator', 'classroom'],
    'The page reads results and guides, never the cloud from inside.',
  ),
  boundary(['classroom/**/*.ts'], ['cli', 'emulator', 'workbook'], 'A class knows the grader.'),
);
