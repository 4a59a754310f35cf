// How hostile mail is written down. `{js}` stands for a script that betrays itself, `{far}` for an address on a
// host that nobody may ask, `{svg}` for a picture that runs `{js}`, in base64.

export interface Hostile {
  name: string
  html: string
}

export const js = 'top.ran(location.href)'
export const far = 'https://canary.invalid/x'

const runningPicture = Buffer.from(
  `<svg id="x" xmlns="http://www.w3.org/2000/svg"><image href="x" onerror="${js}"/></svg>`,
).toString('base64')

const escapes: Record<string, string> = { n: '\n', t: '\t', 0: '\0', '\\': '\\' }

export const written = (line: string): string =>
  line
    .trim()
    .replaceAll('{js}', js)
    .replaceAll('{far}', far)
    .replaceAll('{svg}', runningPicture)
    .replace(/\\([\\nt0])/g, (_, mark: string) => escapes[mark] ?? '')

/** One fragment a line. */
export const lines = (name: string, text: string): Hostile[] =>
  text
    .trim()
    .split('\n')
    .map((line, at) => ({ name: `${name} ${at + 1}`, html: written(line) }))

/** `name | fragment`, one a line. */
export const named = (text: string): Hostile[] =>
  text
    .trim()
    .split('\n')
    .map((line) => {
      const [name = '', ...rest] = line.split(' | ')
      return { name: name.trim(), html: written(rest.join(' | ')) }
    })
