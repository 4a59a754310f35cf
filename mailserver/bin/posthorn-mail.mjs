#!/usr/bin/env node
// File system calls (every fsync of a delivery) share libuv's threads; the default of four makes them queue.
process.env.UV_THREADPOOL_SIZE ??= '16'
await import('../dist/posthorn-mail.mjs')
