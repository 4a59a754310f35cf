#!/usr/bin/env node
// File system calls (every fsync of a delivery) share libuv's threads; the default of four makes them queue. It counts
// only before the first thread is used, and Node reads the file of an ES module on one: hence CommonJS.
process.env.UV_THREADPOOL_SIZE ??= '16'
import('../dist/posthorn-mail.mjs')
