import { hearEarlyKeys } from '@/lib/client/early-keys'
import { guardSinks } from '@/lib/client/trusted-types'

// Before anything of the app runs in the browser.
guardSinks()
hearEarlyKeys()
