'use client'
import { Crashed } from '@/components/shell/crashed'

export default function PageError({ reset }: { reset: () => void }) {
  return <Crashed again={reset} />
}
