// Every dialog against our own server, over real sockets and the real store.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { password, startServer, type TestServer } from '../server'
import { hold, readCases } from './dialog'

const folder = fileURLToPath(new URL('../dialogs/', import.meta.url))

let server: TestServer
beforeAll(async () => {
  server = await startServer('one for all')
})
afterAll(async () => {
  expect(server.errors).toEqual([])
  await server.close()
}, 60_000)

for (const file of readdirSync(folder).filter((name) => name.endsWith('.txt'))) {
  describe.concurrent(file, () => {
    for (const each of readCases(join(folder, file))) {
      test(each.name, () =>
        hold({ host: server.host, port: server.port, newUser: () => server.addUser(), password }, each),
      )
    }
  })
}
