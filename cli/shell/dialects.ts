/** Shells that `npm run env` speaks to. */
export const shellNames = ['bash', 'zsh', 'fish', 'powershell'] as const;
export type ShellName = (typeof shellNames)[number];

/** How one shell is told of environment variables. */
export interface Dialect {
  /** A line that sets the variable for the shell and for what it starts. */
  set(name: string, value: string): string;
  /** A line that takes the variable away, and is content where there is none. */
  unset(name: string): string;
  /** The command that runs what a command prints. */
  readonly evaluates: (command: string) => string;
}

/** Between single quotes nothing is special to a POSIX shell but the quote itself, which ends them. */
const posix: Dialect = {
  set: (name, value) => `export ${name}='${value.replaceAll("'", `'\\''`)}'`,
  unset: (name) => `unset ${name}`,
  evaluates: (command) => `eval "$(${command})"`,
};

export const dialects: Readonly<Record<ShellName, Dialect>> = {
  bash: posix,
  zsh: posix,
  fish: {
    set: (name, value) => `set -gx ${name} '${value.replaceAll(/['\\]/g, '\\$&')}'`,
    unset: (name) => `set -e ${name}`,
    evaluates: (command) => `${command} | source`,
  },
  powershell: {
    // PowerShell takes the typographic quotes for the straight one; each is written twice.
    set: (name, value) => `$Env:${name} = '${value.replaceAll(/['‘’‚‛]/g, '$&$&')}'`,
    unset: (name) => `Remove-Item Env:${name} -ErrorAction SilentlyContinue`,
    evaluates: (command) => `${command} | Out-String | Invoke-Expression`,
  },
};
