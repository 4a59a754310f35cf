#!/usr/bin/env node
import { existsSync } from 'node:fs'

const program = new URL('../dist/posthorn.mjs', import.meta.url)
if (existsSync(program)) await import(program)
else {
  console.error('Posthorn is not built yet: run `npm start`, or `npm run build`, in its folder first.')
  process.exitCode = 1
}
