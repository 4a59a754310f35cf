'use client'
import { Baseline, CaseSensitive, Highlighter, Smile, Table2, TypeOutline } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Command } from 'prosemirror-state'
import { Toolbar } from 'radix-ui'
import { IconButton } from '@/components/ui/icon-button'
import { Menu, MenuItem, MenuLine, MenuPanel, MenuSlot, MenuTrigger } from '@/components/ui/menu'
import { useSignal } from '@/lib/client/signal'
import { useLaterWords } from '@/lib/i18n/later'
import { lookAt, setLook } from './commands'
import type { EditorShared } from './format-bar'
import type { LookName } from './look-marks'
import { fonts, markers, palette, sizes, type FontName, type SizeName } from './looks'
import { cellAt, insertTable, tableCommands, type TableCommand } from './table'

type Run = (command: Command) => void

interface LookMenuProps {
  shared: EditorShared
  label: string
  icon: LucideIcon
  children: (run: Run) => ReactNode
}

/** A button of the bar that opens a choice; the text keeps its selection, and gets the focus back. */
function LookMenu({ shared, label, icon: Drawn, children }: LookMenuProps) {
  const run: Run = (command) => {
    const view = shared.view.get()
    if (view) command(view.state, view.dispatch, view)
  }
  return (
    <Menu>
      <Toolbar.Button asChild>
        <MenuTrigger asChild>
          <IconButton label={label} icon={<Drawn />} />
        </MenuTrigger>
      </Toolbar.Button>
      <MenuPanel
        align="start"
        side="top"
        onCloseAutoFocus={(event) => {
          event.preventDefault()
          shared.view.get()?.focus()
        }}
      >
        {children(run)}
      </MenuPanel>
    </Menu>
  )
}

interface SwatchesProps {
  name: LookName
  colours: readonly string[]
  label: string
  icon: LucideIcon
  shared: EditorShared
}

function Swatches({ name, colours, label, icon, shared }: SwatchesProps) {
  const { compose: words } = useLaterWords()
  return (
    <LookMenu shared={shared} label={label} icon={icon}>
      {(run) => (
        <>
          <div className="grid grid-cols-5 gap-1 p-1">
            {colours.map((colour) => (
              <MenuSlot key={colour} onSelect={() => run(setLook(name, colour))}>
                <button
                  type="button"
                  aria-label={words.colours[colour] ?? colour}
                  className="grid size-8 place-items-center rounded-s p-0! pointer-coarse:size-11"
                >
                  <span
                    className="size-5 rounded-full border border-line-strong"
                    style={{ background: colour }}
                  />
                </button>
              </MenuSlot>
            ))}
          </div>
          <MenuLine />
          <MenuItem onSelect={() => run(setLook(name, null))}>{words.usual[name]}</MenuItem>
        </>
      )}
    </LookMenu>
  )
}

/** Font, size, colour and marker. */
export function LookMenus({ shared }: { shared: EditorShared }) {
  const { compose: words } = useLaterWords()
  useSignal(shared.ticks, (count) => count)
  const state = shared.view.get()?.state
  const chosen = (name: LookName) => (state ? lookAt(state, name) : null)
  return (
    <>
      <LookMenu shared={shared} label={words.font} icon={TypeOutline}>
        {(run) => (
          <>
            <MenuItem onSelect={() => run(setLook('font', null))}>{words.usual.font}</MenuItem>
            {(Object.keys(fonts) as FontName[]).map((font) => (
              <MenuItem
                key={font}
                aria-current={chosen('font') === font || undefined}
                onSelect={() => run(setLook('font', font))}
              >
                <span style={{ fontFamily: fonts[font].family }}>{words.fonts[font]}</span>
              </MenuItem>
            ))}
          </>
        )}
      </LookMenu>
      <LookMenu shared={shared} label={words.size} icon={CaseSensitive}>
        {(run) => (
          <>
            {(['small', null, 'large', 'huge'] as const).map((size: SizeName | null) => (
              <MenuItem
                key={size}
                aria-current={chosen('size') === size || undefined}
                onSelect={() => run(setLook('size', size))}
              >
                <span style={size ? { fontSize: `${Math.min(sizes[size], 160)}%` } : {}}>
                  {size ? words.sizes[size] : words.usual.size}
                </span>
              </MenuItem>
            ))}
          </>
        )}
      </LookMenu>
      <Swatches name="ink" colours={palette} label={words.colour} icon={Baseline} shared={shared} />
      <Swatches name="marker" colours={markers} label={words.marker} icon={Highlighter} shared={shared} />
    </>
  )
}

const emoji = [
  ...'😀😃😄😊🙂😉😍🥰😘😂🤣😅🤔😐😬🙄😢😭😡😱🥳🤗👍👎👏🙏💪👋🤝✌👌❤💔🎉🎂🎁☕🍀🌞⭐🔥✅❌❗❓📎📅📞✈🏡',
]

export function EmojiMenu({ shared }: { shared: EditorShared }) {
  const { compose: words } = useLaterWords()
  return (
    <LookMenu shared={shared} label={words.emoji} icon={Smile}>
      {(run) => (
        <div className="grid grid-cols-8 gap-0.5 pointer-coarse:grid-cols-6">
          {emoji.map((sign) => (
            <MenuSlot
              key={sign}
              onSelect={() =>
                run((state, dispatch) => {
                  dispatch?.(state.tr.insertText(sign).scrollIntoView())
                  return true
                })
              }
            >
              <button
                type="button"
                className="grid size-8 place-items-center p-0! text-lg pointer-coarse:size-11"
              >
                {sign}
              </button>
            </MenuSlot>
          ))}
        </div>
      )}
    </LookMenu>
  )
}

/** A new table, or what can be done with the one the cursor is in. */
export function TableMenu({ shared }: { shared: EditorShared }) {
  const { compose: words } = useLaterWords()
  useSignal(shared.ticks, (count) => count)
  const state = shared.view.get()?.state
  const isInside = Boolean(state && cellAt(state))
  return (
    <LookMenu shared={shared} label={words.table} icon={Table2}>
      {(run) =>
        isInside
          ? (Object.keys(tableCommands) as TableCommand[]).map((name) => (
              <MenuItem key={name} onSelect={() => run(tableCommands[name])}>
                {words.tableActs[name]}
              </MenuItem>
            ))
          : [
              [2, 2],
              [3, 3],
              [4, 2],
              [5, 4],
            ].map(([rows = 2, columns = 2]) => (
              <MenuItem key={`${rows}-${columns}`} onSelect={() => run(insertTable(rows, columns))}>
                {words.newTable(rows, columns)}
              </MenuItem>
            ))
      }
    </LookMenu>
  )
}
