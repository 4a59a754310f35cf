// Labels through the actions that the routes call: what messages carry is what a second connection sees.
import { expect, it } from 'vitest'
import { onServers } from '../testing/on-servers'
import { labelMessages } from './label-messages'
import { changeLabel, createLabel, listLabels } from './labels'
import { listMessages } from './list-messages'
import { removeLabel } from './remove-label'
import { searchMessages } from './search-messages'
import { usualView } from '@/lib/model/view'

const letter = (subject: string) =>
  `From: ada@example.org\nTo: alice@posthorn.test\nSubject: ${subject}\n\nbody\n`

onServers({ what: 'labels' }, (at) => {
  const name = 'Cestování & léto (50 %)'
  const idsIn = async (folder: string) =>
    (await listMessages({ who: at.who, folder, offset: 0, limit: 10, view: usualView })).rows.map(
      ({ id }) => id,
    )
  const found = async (q: string) =>
    (await searchMessages({ who: at.who, q, folder: 'mail', offset: 0, limit: 10 })).hits.map(
      ({ row }) => row.subject,
    )
  const named = async (wanted: string) =>
    (await listLabels(at.who.key)).find((label) => label.name === wanted)?.keyword ?? ''
  const put = (folder: string, ids: string[], keyword: string, on = true) =>
    labelMessages(at.who, { folder, ids, keyword, on })

  it('are put on messages as a keyword, and told who had it already', async () => {
    for (const subject of ['one', 'two']) await at.other.append({ raw: letter(subject) })
    const { keyword } = await createLabel(at.who, { name, colour: 'teal' })
    const [two = '', one = ''] = await idsIn('inbox')
    expect((await put('inbox', [two], keyword)).changed).toEqual([two])
    expect((await put('inbox', [one, two], keyword.toUpperCase())).changed).toEqual([one])
    const carried = (await at.other.list('INBOX')).flatMap(({ flags }) =>
      flags.map((flag) => flag.toLowerCase()),
    )
    expect(carried.filter((flag) => flag === keyword.toLowerCase())).toHaveLength(2)
    await put('inbox', [one], keyword, false)
  })

  it('are found by name and by keyword, in every folder', async () => {
    await at.other.append({ folder: 'Archive', raw: letter('filed') })
    const keyword = await named(name)
    await put('archive', await idsIn('archive'), keyword)
    expect((await found(`label:"${name}"`)).sort()).toEqual(['filed', 'two'])
    expect((await found(`label:${keyword}`)).sort()).toEqual(['filed', 'two'])
    expect(await found('label:nothing-of-this')).toEqual([])
  })

  it('go by another name without touching a message, and no two go by one', async () => {
    const keyword = await named(name)
    await changeLabel(at.who, { keyword, name: 'Summer', colour: 'amber' })
    expect((await found('label:summer')).sort()).toEqual(['filed', 'two'])
    const twice = { name: 'SUMMER', colour: 'red' as const }
    await expect(createLabel(at.who, twice)).rejects.toMatchObject({ code: 'label-exists' })
    await expect(createLabel(at.who, { ...twice, name: '漢'.repeat(60) })).rejects.toMatchObject({
      code: 'label-name',
    })
    // The old name is free again, and must not find what is called otherwise now.
    const again = await createLabel(at.who, { name, colour: 'red' })
    expect(again.keyword).not.toBe(keyword)
    expect(await found(`label:"${name}"`)).toEqual([])
  })

  it('that Thunderbird knows become the person’s own when they are used', async () => {
    const todo = async () => (await listLabels(at.who.key)).find(({ keyword }) => keyword === '$label4')
    expect(await todo()).toMatchObject({ name: 'To do', origin: 'usual' })
    await put('inbox', await idsIn('inbox'), '$label4')
    expect(await todo()).toMatchObject({ name: 'To do', origin: 'own' })
    expect(await removeLabel(at.who, { keyword: '$label4', patience: 60_000 })).toEqual({ state: 'done' })
    expect(await todo()).toBeUndefined()
    expect((await at.other.list('INBOX')).flatMap(({ flags }) => flags)).not.toContain('$label4')
  })

  it('that are deleted leave every message in every folder', async () => {
    const keyword = await named('Summer')
    expect(await removeLabel(at.who, { keyword, patience: 60_000 })).toEqual({ state: 'done' })
    expect(await named('Summer')).toBe('')
    for (const folder of ['INBOX', 'Archive'])
      expect((await at.other.list(folder)).flatMap(({ flags }) => flags)).not.toContain(keyword)
  })
})
