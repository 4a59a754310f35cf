'use client'
import { expectAnswer } from '@/components/composer/commands'
import { Button } from '@/components/ui/button'
import { Icon, type IconName } from '@/components/ui/icon'
import { Kbd } from '@/components/ui/kbd'
import { runCommand } from '@/lib/client/commands/registry'
import { useApp, usePreferences } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'

export function AnswerButtons() {
  const { reader } = useWords()
  const app = useApp()
  const { shortcuts } = usePreferences()
  const buttons: { id: IconName; label: string; key: string }[] = [
    { id: 'reply', label: reader.reply, key: 'r' },
    { id: 'reply-all', label: reader.replyAll, key: 'a' },
    { id: 'forward', label: reader.forward, key: 'f' },
  ]
  return (
    <div
      className="mt-3.5 flex flex-wrap gap-2 print:hidden"
      onPointerEnter={() => expectAnswer(app)}
      onFocus={() => expectAnswer(app)}
    >
      {buttons.map(({ id, label, key }) => (
        <Button
          key={id}
          icon={<Icon name={id} />}
          onClick={() => void runCommand(id, app)}
          className="max-split:grow"
        >
          {label}
          {shortcuts && <Kbd keys={key} className="max-split:hidden pointer-coarse:hidden" />}
        </Button>
      ))}
    </div>
  )
}
