// docs/configuration.md, made from the tables the two programs read their settings with.
// `npx tsx --conditions=react-server scripts/configuration-page.ts` writes it; its test compares.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { describeConfig } from '@/lib/server/config'
import { mailServerKeys } from '@/lib/server/mail-server-keys'

interface Row {
  key: string
  fallback: unknown
  says: string
  secret: boolean
}

const mailServerRows = (): Row[] => {
  const rows = JSON.parse(
    execFileSync('node', ['mailserver/scripts/settings.mjs'], { encoding: 'utf8' }),
  ) as Row[]
  return rows.filter(({ key }) => mailServerKeys.includes(key))
}

const shownDefault = (fallback: unknown): string => {
  if (fallback === null || fallback === '' || (Array.isArray(fallback) && fallback.length === 0)) return ''
  return `\`${String(fallback)}\``
}

const cell = (text: string): string => text.replaceAll('|', '\\|')

const table = (rows: Row[]): string =>
  [
    '| key in `posthorn.toml` | environment | default | what it means |',
    '| --- | --- | --- | --- |',
    ...rows.map(({ key, fallback, says, secret }) => {
      const name = `POSTHORN_${key.toUpperCase()}`
      const environment = secret ? `\`${name}\`, \`${name}_FILE\`` : `\`${name}\``
      return `| \`${key}\` | ${environment} | ${cell(shownDefault(fallback))} | ${cell(says)} |`
    }),
  ].join('\n')

export const configurationPage = (): string => `# Configuration

One file, \`posthorn.toml\` in the data folder (\`POSTHORN_HOME\`, by default \`./data\`), serves the web app and the bundled mail
server. Every key is also a variable of the environment, which wins over the file; a secret may come from the file that its
\`…_FILE\` variable names. A wrong value or a key that nobody knows stops the start with the key and the reason.
\`npx posthorn config\` shows what is in force and where it comes from.

This page is made from the tables that the programs themselves read.

## The web app, and what both share

${table(describeConfig())}

## The bundled mail server alone

${table(mailServerRows())}
`

if (process.argv[1]?.endsWith('configuration-page.ts'))
  writeFileSync('docs/configuration.md', configurationPage())
