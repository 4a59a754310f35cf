import { fileURLToPath } from 'node:url'

/** The folder of the installation: this file runs as dist/posthorn.mjs, one below it. */
export const installation = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')
