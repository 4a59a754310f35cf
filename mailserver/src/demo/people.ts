import type { Person, Resident } from './model'

export const domain = 'posthorn.test'

export const residents: Record<Resident, Person> = {
  alice: { name: 'Alice Lund', address: `alice@${domain}` },
  bob: { name: 'Bob Okafor', address: `bob@${domain}` },
  carol: { name: 'Carol Jiménez', address: `carol@${domain}` },
}

export const { alice, bob, carol } = residents

export const ingrid: Person = { name: 'Ingrid Solheim', address: 'ingrid@solheim-arkitekter.example' }
export const tomas: Person = { name: 'Tomás Veiga', address: 'tomas@ostrava-rail.example' }
export const priya: Person = { name: 'Priya Raman', address: 'priya@brightwater.example' }
export const hana: Person = { name: 'Hana Novotná', address: 'hana@ostrava-rail.example' }
export const anders: Person = { name: 'Anders Lindqvist', address: 'anders@lindqvist-partners.example' }
export const priit: Person = { name: 'Priit Kask', address: 'priit.kask@site.example' }
export const billing: Person = { name: 'Brightwater Billing', address: 'billing@brightwater.example' }
export const digest: Person = { name: 'Weekly Rail Digest', address: 'digest@railweekly.example' }
export const misaki: Person = { name: '佐藤 美咲', address: 'sato@osaka-koubou.example' }
export const wanglei: Person = { name: '王磊', address: 'wang.lei@qingshi.example' }
export const layla: Person = { name: 'ليلى حداد', address: 'layla@haddad-consult.example' }
export const liat: Person = { name: 'ליאת ברק', address: 'liat@barak-light.example' }
export const planroom: Person = { name: 'Planroom', address: 'notify@planroom.example' }
export const list: Person = { name: 'Station design list', address: 'stations@lists.example' }
export const trains: Person = { name: 'Nordbahn Tickets', address: 'tickets@nordbahn.example' }
export const mel: Person = { name: 'Mel Achterberg', address: 'mel@achterberg-acoustics.example' }
export const joao: Person = { name: 'João Brandão', address: 'joao@brandao-steel.example' }
export const nameless: Person = { name: '', address: 'k.lehtonen@turku-survey.example' }
