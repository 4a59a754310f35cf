import { expect, it } from 'vitest'
import { mailCommands } from '@/lib/client/commands/mail'
import { clashes } from '@/lib/client/commands/registry'
import { readerCommands } from '@/components/message-view/commands'
import { writeCommands } from './commands'

it('writing takes no key of another action', () => {
  expect(clashes([...mailCommands, ...readerCommands, ...writeCommands])).toEqual([])
})
