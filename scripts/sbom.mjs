// `node scripts/sbom.mjs FOLDER`: what a release carries beside its notes: a list of every package it is made of
// (CycloneDX, by npm itself, from the lock file alone), and what the registry knows to be wrong with them.
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [folder = 'release'] = process.argv.slice(2)
mkdirSync(folder, { recursive: true })

const npm = (...args) => spawnSync('npm', args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }).stdout
const write = (name, text) => {
  JSON.parse(text)
  writeFileSync(join(folder, name), text)
  console.log(join(folder, name))
}

write('posthorn.cdx.json', npm('sbom', '--package-lock-only', '--omit=dev', '--sbom-format=cyclonedx'))
const audit = npm('audit', '--omit=dev', '--json')
const { vulnerabilities } = JSON.parse(audit).metadata ?? {}
if (vulnerabilities) write('npm-audit.json', audit)
console.log(
  `npm audit: ${vulnerabilities ? JSON.stringify(vulnerabilities) : 'the registry did not answer; run it where it does'}`,
)
