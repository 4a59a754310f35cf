import type { MailSystem, TestUser } from './contract'

export const DOMAIN = 'posthorn.test'

const user = (name: string): TestUser => ({ address: `${name}@${DOMAIN}`, password: `${name}-secret` })

export const testUsers: MailSystem['users'] = { alice: user('alice'), bob: user('bob'), carol: user('carol') }
