// docs/self-hosting.md as a program: the blocks of shell below a list of its sections, in the order of that list.
// A section named for a Debian ("... of Debian 12") is for that one alone. A block that fetches is known by its words.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from './repository'

export interface Step {
  section: string
  script: string
  /** It asks a registry for something: packages of Debian or npm, the repository. */
  fetches: boolean
}

interface Section {
  title: string
  depth: number
  lines: string[]
}

export const anchor = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .replaceAll(' ', '-')

const sectionsOf = (text: string): Section[] => {
  const sections: Section[] = [{ title: '', depth: 0, lines: [] }]
  let inBlock = false
  for (const line of text.split('\n')) {
    if (line.startsWith('```')) inBlock = !inBlock
    const [, marks, title] = (!inBlock && /^(#+) (.*)$/.exec(line)) || []
    if (marks && title) sections.push({ title, depth: marks.length, lines: [] })
    else sections.at(-1)?.lines.push(line)
  }
  return sections
}

/** The section and all below it. */
const withThoseBelow = (sections: Section[], title: (section: Section) => boolean): Section[] => {
  const at = sections.findIndex(title)
  if (at < 0) return []
  const end = sections.findIndex(({ depth }, place) => place > at && depth <= sections[at]!.depth)
  return sections.slice(at, end < 0 ? undefined : end)
}

const blocksOf = ({ title, lines }: Section): Step[] =>
  [...lines.join('\n').matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, script = '']) => ({
    section: title,
    script,
    fetches: /^(\w+=\S+ )*(apt-get|git clone)\b|\bnpm run build\b/m.test(script),
  }))

const isFor = (debian: string, { title }: Section): boolean => {
  const named = title.match(/Debian \d+/g)
  return !named || named.includes(`Debian ${debian}`)
}

export interface Walk {
  /** The section whose numbered list of links is the way. */
  list: string
  /** `12`, `13`. */
  debian: string
}

export const walkOf = ({ list, debian }: Walk): Step[] => {
  const sections = sectionsOf(readFileSync(join(repository, 'docs', 'self-hosting.md'), 'utf8'))
  const way = sections.find(({ title }) => title === list)?.lines.join('\n') ?? ''
  const links = [...way.matchAll(/^\d+\. \[[^\]]+\]\(#([^)]+)\)$/gm)].map(([, link]) => link)
  return links.flatMap((link) => {
    const found = withThoseBelow(sections, ({ title }) => anchor(title) === link)
    const steps = found.filter((section) => isFor(debian, section)).flatMap(blocksOf)
    if (steps.length === 0) throw new Error(`docs/self-hosting.md: nothing to do at #${link}`)
    return steps
  })
}
