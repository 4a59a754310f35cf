import { ComposePage } from '@/components/composer/page'

export default function Compose() {
  return <ComposePage />
}
