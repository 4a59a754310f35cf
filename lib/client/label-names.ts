import type { Words } from '@/lib/i18n'
import { sameKeyword, usualLabels } from '@/lib/model/label-name'
import type { Label } from '@/lib/model/label'

// The usual labels (docs/decisions/041-labels.md) are kept under their English names, and shown by those of the language
// that is spoken for as long as nobody gave them another.

type Usual = Words['labels']['usual']

const usualOf = (keyword: string): Label | undefined =>
  usualLabels.find((usual) => sameKeyword(usual.keyword, keyword))

type Named = Pick<Label, 'keyword' | 'name'>

/** The name it is shown by. */
export const shownName = ({ keyword, name }: Named, usual: Usual): string => {
  const kept = usualOf(keyword)
  return kept?.name === name ? (usual[kept.keyword] ?? name) : name
}

/** As they are shown: the person's own by name, then those that wait to be used. */
export const inOwnWords = (labels: readonly Label[], usual: Usual): Label[] => {
  const all = labels.map((label) => ({ ...label, name: shownName(label, usual) }))
  const own = all.filter(({ origin }) => origin === 'own')
  return [
    ...own.sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true })),
    ...all.filter(({ origin }) => origin !== 'own'),
  ]
}

/** The name it is kept under: its usual one is everybody's. */
export const keptName = ({ keyword, name }: Named, usual: Usual): string => {
  const kept = usualOf(keyword)
  return kept && usual[kept.keyword] === name ? kept.name : name
}
