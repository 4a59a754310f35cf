import { NotHere } from '@/components/shell/not-here'

export default function NotFound() {
  return <NotHere />
}
