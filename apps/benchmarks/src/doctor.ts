import { doctor, installTensorflow } from '@footlight/engine';

export interface DoctorOptions {
  readonly installTensorflow: boolean;
  readonly signal: AbortSignal;
}

/** Which backends work on this machine and why the others do not, as text. */
export async function runDoctor(options: DoctorOptions): Promise<string> {
  if (options.installTensorflow) await installTensorflow();
  return JSON.stringify(await doctor(), null, 2);
}
