import { matchKeyBindingPress, parseKeybinding } from 'tinykeys'
import type { KeyBindingPress } from 'tinykeys'
import type { App } from '../app'
import { commands, isOffered } from './registry'
import type { Command, Scope } from './registry'

/** How long after `g` an `i` still counts as `g i`. */
const sequencePause = 1000

const isModifier = (key: string): boolean => ['Shift', 'Control', 'Alt', 'Meta'].includes(key)

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type)))

/** An open menu or modal dialog has the keyboard for itself. */
const isElsewhere = (): boolean =>
  document.querySelector(
    '[role=menu][data-state=open], [aria-modal=true], [role=dialog][data-state=open]',
  ) !== null

const scopeOf = (target: EventTarget | null): Scope =>
  target instanceof Element && target.closest('[data-scope=composer]') ? 'composer' : 'mail'

const parsed = new Map<string, KeyBindingPress[]>()
const pressesOf = (keys: string): KeyBindingPress[] => {
  const known = parsed.get(keys) ?? parseKeybinding(keys)
  parsed.set(keys, known)
  return known
}

const needsModifier = (presses: KeyBindingPress[]): boolean =>
  presses.some(([mods]) => mods.some((mod) => mod !== 'Shift'))

interface Candidate {
  command: Command
  presses: KeyBindingPress[]
}

const candidates = (app: App, event: KeyboardEvent): Candidate[] => {
  const scope = scopeOf(event.target)
  const typing = isTyping(event.target)
  const single = app.preferences.get().shortcuts
  return commands
    .all()
    .filter((command) => command.scope === 'everywhere' || command.scope === scope)
    .flatMap((command) => command.keys.map((keys) => ({ command, presses: pressesOf(keys) })))
    .filter(({ presses }) => needsModifier(presses) || (single && !typing))
}

/** Most keys are letters of a text, and no command begins with one there: those who type wait for no search among them. */
const isLetterOfText = ({ target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  !ctrlKey && !metaKey && !altKey && isTyping(target)

/**
 * Hears every key of the page. While a sequence is under way its continuation goes first, so that `g s` never stars.
 * Returns the listener; the reader also feeds it the keys pressed inside a message's frame.
 */
export const createKeymap = (app: App): ((event: KeyboardEvent) => void) => {
  let begun: KeyboardEvent[] = []
  let last = 0

  return (event) => {
    if (event.defaultPrevented || event.isComposing || isModifier(event.key)) return
    if (isLetterOfText(event) && begun.length === 0) return
    if (isElsewhere()) return
    if (event.timeStamp - last > sequencePause) begun = []
    last = event.timeStamp
    const pressed = [...begun, event]
    const matching = candidates(app, event)
      .filter(({ presses }) =>
        pressed.every((one, index) => presses[index] && matchKeyBindingPress(one, presses[index])),
      )
      .filter(({ command }) => isOffered(command, app))
    const exact = matching.find(({ presses }) => presses.length === pressed.length)
    begun = !exact && matching.length > 0 ? pressed : []
    if (matching.length > 0) event.preventDefault()
    if (exact) void exact.command.run(app)
  }
}
