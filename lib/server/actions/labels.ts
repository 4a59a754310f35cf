import 'server-only'
import { AppError } from '@/lib/model/errors'
import { keywordOfName, labelNamed, sameKeyword, tidyLabelName } from '@/lib/model/label-name'
import { type Label } from '@/lib/model/label'
import { publish } from '../events/hub'
import type { Account } from '../mail/account'
import * as kept from '../user/labels'

// Labels made, renamed and coloured; every window is told.

export const listLabels = kept.listLabels

export const tellLabels = async (who: Account): Promise<void> =>
  publish(who.key, { type: 'labels', labels: await kept.listLabels(who.key) })

type Wish = Pick<Label, 'name' | 'colour'>

const refuseTaken = (labels: readonly Label[], { name, keyword }: Pick<Label, 'name' | 'keyword'>): void => {
  const other = labelNamed(
    labels.filter((one) => !sameKeyword(one.keyword, keyword)),
    name,
  )
  if (other) throw new AppError('label-exists')
}

const keep = async (who: Account, label: Label): Promise<Label> => {
  await kept.keepLabel(who.key, label)
  await tellLabels(who)
  return label
}

/** The keyword is made from the name, unless a label that was renamed since has it: then it gets a number. */
const freeKeyword = (labels: readonly Label[], name: string): string | null => {
  const first = keywordOfName(name)
  const taken = (word: string) => labels.some(({ keyword }) => sameKeyword(keyword, word))
  if (first === null || !taken(first)) return first
  for (let number = 2; number < 100; number++) {
    const word = keywordOfName(`${name} ${number}`)
    if (word === null || !taken(word)) return word
  }
  return null
}

export const createLabel = async (who: Account, { name, colour }: Wish): Promise<Label> => {
  const labels = await kept.listLabels(who.key)
  const tidy = tidyLabelName(name)
  if (keywordOfName(tidy) === null) throw new AppError('label-name')
  // Its own keyword may belong to a label that has another name since: only names must differ.
  if (labels.some((one) => tidyLabelName(one.name).toLowerCase() === tidy.toLowerCase()))
    throw new AppError('label-exists')
  const keyword = freeKeyword(labels, tidy)
  if (keyword === null) throw new AppError('label-name')
  if (labels.length >= kept.mostLabels) throw new AppError('too-busy')
  return keep(who, { keyword, name: tidy, colour, origin: 'own' })
}

/**
 * Messages keep the keyword they carry: renaming costs nothing, however many there are. A keyword that another program
 * put there becomes a label by being given a name.
 */
export const changeLabel = async (
  who: Account,
  { keyword, name, colour }: Wish & { keyword: string },
): Promise<Label> => {
  const labels = await kept.listLabels(who.key)
  const before = labels.find((one) => sameKeyword(one.keyword, keyword))
  const tidy = tidyLabelName(name)
  if (keywordOfName(tidy) === null) throw new AppError('label-name')
  const label: Label = { keyword: before?.keyword ?? keyword, name: tidy, colour, origin: 'own' }
  refuseTaken(labels, label)
  if (!before && labels.length >= kept.mostLabels) throw new AppError('too-busy')
  return keep(who, label)
}
