// Every dialog against our own server, over real sockets and the real store.
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { password, startServer, type TestServer } from '../server'
import { dialogFiles, dialogFolder, hold, offeredBy, readCases, type Target } from './dialog'

let server: TestServer
let target: Target
beforeAll(async () => {
  server = await startServer('one for all')
  target = { host: server.host, port: server.port, newUser: () => server.addUser(), password }
})
afterAll(async () => {
  expect(server.errors).toEqual([])
  await server.close()
})

const files = dialogFiles.map((file) => ({ file, cases: readCases(join(dialogFolder, file)) }))

for (const { file, cases } of files) {
  describe.concurrent(file, () => {
    for (const each of cases) test(each.name, () => hold(target, each))
  })
}

test('what the dialogs need, ours offers', async () => {
  const offered = await offeredBy(target)
  const needed = new Set(files.flatMap(({ cases }) => cases.flatMap(({ needs }) => needs)))
  expect([...needed].filter((name) => !offered.has(name))).toEqual([])
})
