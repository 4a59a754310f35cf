'use client'
import { Dialog } from '@/components/ui/dialog'
import { Kbd, keyCaps } from '@/components/ui/kbd'
import { useCommands } from '@/lib/client/commands/react'
import { isOffered } from '@/lib/client/commands/registry'
import type { Command, CommandGroup } from '@/lib/client/commands/registry'
import { useApp, usePreferences } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'

const order: readonly CommandGroup[] = ['move', 'act', 'select', 'write', 'go', 'app']

function Line({ command }: { command: Command }) {
  const app = useApp()
  return (
    <div className="flex min-h-8 items-center justify-between gap-4 border-b py-1 last:border-0">
      <dt className="min-w-0 truncate">{command.label(app.words(), app)}</dt>
      <dd>
        <Kbd keys={command.keys[0] ?? ''} />
        <kbd className="sr-only">{keyCaps(command.keys[0] ?? '').join(' ')}</kbd>
      </dd>
    </div>
  )
}

/** Every shortcut there is, drawn from the registry: it cannot fall behind. */
export default function HelpSheet({ onClose }: { onClose: () => void }) {
  const words = useWords()
  const { shortcuts } = usePreferences()
  const app = useApp()
  // A folder this mailbox has not got is not gone to; what merely does not apply now is still worth knowing.
  const withKeys = useCommands().filter(
    (command) => command.keys.length > 0 && (command.group !== 'go' || isOffered(command, app)),
  )
  return (
    <Dialog open onClose={onClose} close={words.shell.close} title={words.shell.help} width="l" holds="text">
      {!shortcuts && (
        <p className="mb-3 rounded-s bg-sunken px-3 py-2 text-sm text-ink-2">{words.shell.helpOff}</p>
      )}
      <div className="columns-1 gap-8 pb-3 split:columns-2">
        {order.map((group) => {
          const some = withKeys.filter((command) => command.group === group)
          return some.length === 0 ? null : (
            <section key={group} className="mb-5 break-inside-avoid">
              <h3 className="pb-1 text-xs font-medium text-ink-3">{words.shell.helpGroups[group]}</h3>
              <dl>
                {some.map((command) => (
                  <Line key={command.id} command={command} />
                ))}
              </dl>
            </section>
          )
        })}
      </div>
    </Dialog>
  )
}
