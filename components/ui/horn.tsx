/** The post horn: a coil, a bell, a mouthpiece. The brand's one mark. */
export function Horn({ className }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 24 24"
      aria-hidden="true"
      className={className ?? 'size-5'}
      fill="none"
      stroke="var(--horn)"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <circle cx="13.5" cy="12.5" r="5" />
      <path d="M18.4 11.5C18 7 15 5 11 5H2l3 3-3 3h8" />
      <path d="M2 17.5h11" />
    </svg>
  )
}
