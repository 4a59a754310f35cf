import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { postOneClick } from './one-click'

it('never leaves https', async () => {
  let asked = 0
  const server = createServer((_, response) => {
    asked++
    response.end()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const here = {
    resolve: async () => [{ address: '127.0.0.1', family: 4 }],
    mayReach: () => true,
    mayUsePort: () => true,
    patienceMs: 10_000,
  }
  expect(await postOneClick(new URL(`http://list.example:${port}/`), { reach: here })).toBe('refused')
  server.close()
  expect(asked).toBe(0)
})

it.each([
  'https://127.0.0.1/',
  'https://[::1]/',
  'https://10.0.0.1/',
  'https://169.254.169.254/',
  'https://8.8.8.8:22/',
])('never goes to %s', async (url) => expect(await postOneClick(new URL(url))).toBe('refused'))
