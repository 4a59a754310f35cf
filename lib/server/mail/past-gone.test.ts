import { expect, it } from 'vitest'
import { AppError, type ErrorCode } from '@/lib/model/errors'
import type { Connection } from './connection'
import { pastGone } from './past-gone'

/** A server that refuses the first command. */
const refusing = (code: ErrorCode) => {
  const asked: string[] = []
  const run = async (name: string) => {
    asked.push(name)
    if (asked.length === 1) throw new AppError(code)
  }
  return { asked, connection: { run } as unknown as Connection }
}

it('asks again, once it was told, where another session had removed some of them (RFC 2180 section 4.2.1)', async () => {
  const { asked, connection } = refusing('message-gone')
  await pastGone(connection, () => connection.run('UID STORE'))
  expect(asked).toEqual(['UID STORE', 'NOOP', 'UID STORE'])
})

it('takes any other refusal for one', async () => {
  const { asked, connection } = refusing('not-allowed')
  await expect(pastGone(connection, () => connection.run('UID STORE'))).rejects.toMatchObject({
    code: 'not-allowed',
  })
  expect(asked).toEqual(['UID STORE'])
})
