import { cx } from './cx'

const names: Record<string, string> = {
  $mod: 'Ctrl',
  Control: 'Ctrl',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Delete: 'Del',
}

/** `$mod+Enter` -> ['Ctrl', 'Enter'], `g i` -> ['g', 'i'], `Shift+#` -> ['#']: what a person would press. */
export const keyCaps = (keys: string): string[] =>
  keys.split(' ').flatMap((press) => {
    const parts = press.split('+').filter((part) => part !== '')
    const last = press.endsWith('+') ? '+' : (parts.at(-1) ?? '')
    const shifted = parts[0] === 'Shift' && last.length === 1 && !/[a-z]/i.test(last)
    return (shifted ? [last] : parts.length > 0 ? parts : [last]).map((part) => names[part] ?? part)
  })

export function Kbd({ keys, className }: { keys: string; className?: string }) {
  return (
    <span className={cx('inline-flex gap-0.5', className)} aria-hidden="true">
      {keyCaps(keys).map((cap, index) => (
        <kbd
          key={`${cap}${index}`}
          className="rounded-xs border border-line bg-sunken px-[5px] py-px font-sans text-[11px] leading-4 font-medium text-ink-3"
        >
          {cap}
        </kbd>
      ))}
    </span>
  )
}
