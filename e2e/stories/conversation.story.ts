// A thread as one row and one stack of messages, the own answer from Sent among them.
import { asUsual, body, expect, list, reader, row, said, signIn, test, toolbar } from './story'

const refs = (...ids: string[]) => ids.map((id) => `<${id}@talk.example>`)

test.afterEach(({ page, web }) => asUsual(page, web))

test('a conversation is one row, opens as a stack, and is archived as a whole', async ({
  page,
  web,
  system,
  post,
}) => {
  const me = system.users.alice.address
  const from = 'Bea Field <bea@talk.example>'
  await post.seed('alice', {
    ...{ from, subject: 'Stair core', text: 'Which drawing holds?', messageId: '<one@talk.example>' },
    ...{ date: '2026-03-01T09:00:00Z', flags: ['\\Seen'] },
  })
  await post.seed('alice', { subject: 'Another matter', date: '2026-03-02T09:00:00Z', flags: ['\\Seen'] })
  await post.seed('alice', {
    ...{ folder: 'Sent', from: me, subject: 'Re: Stair core', text: 'The seventh.' },
    ...{ messageId: '<mine@talk.example>', references: refs('one'), inReplyTo: refs('one')[0] },
    ...{ date: '2026-03-03T09:00:00Z', flags: ['\\Seen'] },
  })
  await post.seed('alice', {
    ...{ from, subject: 'Re: Stair core', text: 'Thank you, then it is settled.' },
    ...{ messageId: '<two@talk.example>', references: refs('one', 'mine'), inReplyTo: refs('mine')[0] },
    date: '2026-03-04T09:00:00Z',
  })
  const alice = await post.of('alice')
  await signIn(page, web, system.users.alice)
  await expect(list(page)).toHaveAttribute('aria-rowcount', '3')
  await page.getByRole('button', { name: 'Sort', exact: true }).click()
  await page.getByRole('menuitemradio', { name: 'Conversations' }).click()
  await expect(list(page)).toHaveAttribute('aria-rowcount', '2')
  const talk = row(page, 'Re: Stair core')
  await expect(talk).toContainText('me, Bea')
  await expect(talk.getByRole('img', { name: '3 messages in this conversation' })).toBeVisible()

  await talk.click()
  await expect(body(page)).toContainText('then it is settled')
  const older = reader(page).getByRole('button', { name: 'Which drawing holds?' })
  await expect(older).toBeVisible()
  await expect(reader(page).getByRole('button', { name: 'The seventh.' })).toBeVisible()
  await older.click()
  const first = page.frameLocator('iframe[title^="Message body, Bea Field"]').locator('body')
  await expect(first).toContainText('Which drawing holds?')
  await alice.until('INBOX', (seen) => seen.every(({ flags }) => flags.includes('\\Seen')))

  await toolbar(page).getByRole('button', { name: 'Archive' }).click()
  await expect(said(page, 'Archived 2 messages')).toBeVisible()
  await expect(talk).toHaveCount(0)
  await alice.until('Archive', (seen) => seen.length === 2)
  await alice.until('INBOX', (seen) => seen.length === 1)
  await page.getByRole('button', { name: 'Undo' }).first().click()
  await alice.until('INBOX', (seen) => seen.length === 3)
  await expect(talk).toHaveCount(1)
  await expect(talk.getByRole('img', { name: '3 messages in this conversation' })).toBeVisible()
})
