import type { CSSProperties } from 'react'
import { cx } from './cx'

const tints = ['--accent', '--good', '--warn', '--bad'] as const

const hash = (text: string): number => {
  let sum = 0
  for (const letter of text) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0
  return sum
}

const wide = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u

/** "Ingrid Solheim" -> "IS", "alice@x" -> "A", "田中 太郎" -> "田": never more than two letters wide. */
export const initials = (name: string): string => {
  const words = name
    .replace(/@.*$/, '')
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((word) => word !== '')
  const first = [...(words[0] ?? '')][0] ?? ''
  if (first === '' || wide.test(first)) return first
  const last = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : ''
  return (first + (wide.test(last) ? '' : last)).toLocaleUpperCase()
}

const sizes = { s: 'size-5 text-[9px]', m: 'size-7 text-[11px]', l: 'size-9 text-[13px]' }

/** Decoration beside a name that is always written out: hidden from assistive technology. */
export function Avatar({
  name,
  seed,
  size = 'm',
}: {
  name: string
  seed?: string
  size?: keyof typeof sizes
}) {
  const tint = tints[hash((seed ?? name).toLowerCase()) % tints.length]
  return (
    <span
      aria-hidden="true"
      style={{ '--c': `var(${tint})` } as CSSProperties}
      className={cx(
        'grid shrink-0 place-items-center rounded-full font-semibold select-none',
        'bg-[color-mix(in_oklab,var(--c)_15%,var(--surface))] text-[color-mix(in_oklab,var(--c)_88%,var(--ink))]',
        sizes[size],
      )}
    >
      {initials(name)}
    </span>
  )
}
