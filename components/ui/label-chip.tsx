// Written out, so that a colour nobody made cannot be asked for.
const colours: Record<string, string> = {
  red: 'var(--label-red)',
  orange: 'var(--label-orange)',
  amber: 'var(--label-amber)',
  green: 'var(--label-green)',
  teal: 'var(--label-teal)',
  blue: 'var(--label-blue)',
  violet: 'var(--label-violet)',
  pink: 'var(--label-pink)',
}

const styleOf = (colour: string) => {
  const ink = Object.hasOwn(colours, colour) ? colours[colour] : 'var(--label-grey)'
  return { color: ink, backgroundColor: `color-mix(in oklab, ${ink} 14%, transparent)` }
}

/** A name on a tint of its colour. */
export function LabelChip({ name, colour }: { name: string; colour: string }) {
  return (
    <span
      style={styleOf(colour)}
      className="inline-flex h-[18px] max-w-32 min-w-0 items-center rounded-xs px-1.5 text-xs leading-[18px] font-medium"
    >
      <bdi className="truncate">{name}</bdi>
    </span>
  )
}

export function LabelDot({ colour }: { colour: string }) {
  return (
    <span
      aria-hidden="true"
      style={{ backgroundColor: styleOf(colour).color }}
      className="size-2.5 shrink-0 rounded-[3px]"
    />
  )
}
