// The prefix is decided at start: the same build serves any, and a proxy may strip it. A run that draws lots goes to one
// of the places (web/prefix.integration.test.ts asks at all of them, without a browser).
import { createServer, request, type Server } from 'node:http'
import { freePort } from '../servers/ports'
import { startWeb, type Web } from '../servers/web'
import { body, expect, open, signInByForm, some, test } from './story'

const visit = async (
  { page, system, post }: Pick<Parameters<Parameters<typeof test>[2]>[0], 'page' | 'system' | 'post'>,
  web: Pick<Web, 'url'>,
) => {
  const failed: string[] = []
  page.on('response', (answer) => {
    if (answer.status() >= 400) failed.push(`${answer.status()} ${answer.url()}`)
  })
  await post.seed('alice', { subject: 'Under a prefix' })
  await signInByForm(page, web, system.users.alice)
  await expect(page).toHaveURL(`${web.url}/mail/0/inbox`)
  await open(page, 'Under a prefix')
  await expect(body(page)).toContainText('in the garden')
  await page.reload()
  await expect(body(page)).toContainText('in the garden')
  await post.seed('alice', { subject: 'Pushed' })
  await expect(page.getByText('Pushed').first()).toBeVisible()
  expect(failed).toEqual([])
}

const stripped = 'behind a proxy that strips the prefix'
const places = some(['/a/b', '/', stripped], 1)

for (const basePath of places.filter((place) => place !== stripped))
  test(`the web app lives at ${basePath}`, async ({ page, system, post }) => {
    const web = await startWeb(system, { basePath })
    try {
      await visit({ page, system, post }, web)
    } finally {
      await web.stop()
    }
  })

/** As nginx with `proxy_pass http://…/;`: takes the prefix away and says nothing about it but where it was. */
const strippingProxy = (target: number, prefix: string): Promise<{ server: Server; port: number }> =>
  freePort().then(
    (port) =>
      new Promise((done) => {
        const server = createServer((incoming, outgoing) => {
          const path = incoming.url?.startsWith(prefix) ? incoming.url.slice(prefix.length) || '/' : null
          if (path === null) return void outgoing.writeHead(404).end()
          const headers = { ...incoming.headers, 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'http' }
          const passed = request(
            { host: '127.0.0.1', port: target, path, method: incoming.method, headers },
            (answer) => {
              outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
              answer.pipe(outgoing)
            },
          )
          passed.on('error', () => outgoing.destroy())
          outgoing.on('close', () => passed.destroy())
          incoming.pipe(passed)
        })
        server.listen(port, '127.0.0.1', () => done({ server, port }))
      }),
  )

if (places.includes(stripped))
  test(`the web app lives ${stripped}`, async ({ page, system, post }) => {
    const listening = await freePort()
    const { server, port } = await strippingProxy(listening, '/mail/box')
    const publicUrl = `http://localhost:${port}/mail/box`
    const web = await startWeb(system, { basePath: '/mail/box', publicUrl, port: listening })
    try {
      await visit({ page, system, post }, { url: publicUrl })
    } finally {
      await web.stop()
      server.closeAllConnections()
      server.close()
    }
  })
