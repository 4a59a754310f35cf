import { expect, it } from 'vitest'
import { words } from '@/lib/i18n/de'
import { usualLabels } from '@/lib/model/label-name'
import type { Label } from '@/lib/model/label'
import { inOwnWords, keptName, shownName } from './label-names'

const { usual } = words.labels
const own = (keyword: string, name: string): Label => ({ keyword, name, colour: 'red', origin: 'own' })

it('shows the usual labels by their names in the language that is spoken, until they are named otherwise', () => {
  const names = (labels: readonly Label[]) => inOwnWords(labels, usual).map(({ name }) => name)
  expect(names(usualLabels)).toEqual(['Wichtig', 'Dienstlich', 'Persönlich', 'Zu erledigen', 'Später'])
  expect(names([own('$Label1', 'Important'), own('garden', 'Garten'), own('$label2', 'Büro')])).toEqual([
    'Büro',
    'Garten',
    'Wichtig',
  ])
  expect(names([own('Important', 'Important')])).toEqual(['Important'])
  // One that is being deleted is told of without the list.
  expect(shownName({ keyword: '$label1', name: 'Important' }, usual)).toBe('Wichtig')
})

it('keeps what was not named otherwise under the name that every language knows', () => {
  expect(keptName({ keyword: '$label4', name: 'Zu erledigen' }, usual)).toBe('To do')
  expect(keptName({ keyword: '$label4', name: 'Bald' }, usual)).toBe('Bald')
  expect(keptName({ keyword: 'garden', name: 'Wichtig' }, usual)).toBe('Wichtig')
})
