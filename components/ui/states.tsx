import type { ReactNode } from 'react'
import { cx } from './cx'

interface StateProps {
  icon?: ReactNode
  title: string
  children?: ReactNode
  actions?: ReactNode
  className?: string
  /** `page`: the state is all there is, so its title is the page's heading. */
  stands?: 'page' | 'part'
}

function State({ icon, title, children, actions, className, stands, role }: StateProps & { role?: 'alert' }) {
  const Title = stands === 'page' ? 'h1' : 'p'
  return (
    <div role={role} className={cx('grid min-h-0 grow place-items-center p-8', className)}>
      <div className="grid max-w-[340px] animate-fade justify-items-center gap-1.5 text-center">
        {icon && (
          <div className="mb-2 grid size-12 place-items-center rounded-full bg-sunken text-ink-3 [&_svg]:size-5">
            {icon}
          </div>
        )}
        <Title className="text-md font-semibold text-balance">{title}</Title>
        {children && <div className="text-sm text-balance text-ink-2">{children}</div>}
        {actions && <div className="mt-3 flex gap-2">{actions}</div>}
      </div>
    </div>
  )
}

export function EmptyState(props: StateProps) {
  return <State {...props} />
}

/** What happened, what was kept, what to do: the title says the first, the children the rest. */
export function ErrorState(props: StateProps) {
  return <State {...props} role="alert" />
}
