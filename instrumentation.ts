/** Next calls this once at start, before the first request: what runs in the background begins here. */
export const register = async (): Promise<void> => {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { startJobs } = await import('./lib/server/jobs/start')
  startJobs()
}
