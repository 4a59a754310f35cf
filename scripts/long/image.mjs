// Both stages of the Dockerfile, their steps done in their order on what is committed, with the registries of this machine: see
// web/image.integration.test.ts.
import { inVitest } from '../in-vitest.mjs'

export const run = () => {
  const { status, stdout } = inVitest('web/image.integration.test.ts', { POSTHORN_IMAGE_STAGES: 'both' })
  const steps = [...stdout.matchAll(/^((?:RUN|COPY) .*): ([\d.]+) s$/gm)].map(([, step, seconds]) => ({
    step,
    seconds: Number(seconds),
  }))
  const held = status === 0 && steps.length > 0
  return { steps, passed: held ? steps.length : 0, failed: held ? 0 : 1 }
}
