// The same stories by way of a web server: POSTHORN_STORY_BEHIND names one of the forms of ../servers/forms.ts.
import { forms, nameOf } from '../servers/forms'
import { startForm } from '../servers/proxies'
import { startWeb as startAlone, type Web, type WebOptions } from '../servers/web'
import type { MailSystem } from '../servers'

const named = process.env.POSTHORN_STORY_BEHIND
const behind = named ? forms.find((form) => nameOf(form) === named) : null

export const startWeb = async (system: MailSystem, options: WebOptions = {}): Promise<Web> => {
  if (behind === undefined) throw new Error(`POSTHORN_STORY_BEHIND: no form is named ${named}`)
  if (behind === null) return startAlone(system, options)
  const { path } = behind
  const env = { POSTHORN_TRUSTED_PROXIES: '127.0.0.1', ...options.env }
  const web = await startAlone(system, {
    ...options,
    basePath: path,
    publicUrl: `https://localhost${path}`,
    env,
  })
  const proxy = await startForm(behind, web.port)
  return {
    ...web,
    url: proxy.url + (path === '/' ? '' : path),
    stop: async () => {
      await proxy.stop()
      await web.stop()
    },
  }
}
