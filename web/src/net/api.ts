import { refusal } from '../i18n/cause.js';
import type { Cause, Command, Configuration } from '../model/types.js';

// The operator's token lives in this tab only and is gone with it.
const tokenKey = 'nadhir.token';

export function token(): string {
  return sessionStorage.getItem(tokenKey) ?? '';
}

export function setToken(value: string): void {
  if (value) sessionStorage.setItem(tokenKey, value);
  else sessionStorage.removeItem(tokenKey);
}

export function headers(): Record<string, string> {
  return token() ? { Authorization: `Bearer ${token()}` } : {};
}

export async function fetchConfiguration(signal: AbortSignal): Promise<Configuration> {
  const answer = await fetch('api/configuration', { headers: headers(), cache: 'no-store', signal });
  if (!answer.ok) throw new Error(`configuration: ${answer.status}`);
  return (await answer.json()) as Configuration;
}

/** Done, refused with the reason, or "unknown": the command may or may not have reached the server. */
export type CommandResult = { done: true } | { done: false; reason: string } | { done: 'unknown' };

let refused: () => string | null = () => null;

/** Says why nothing may be ordered now, or null: a screen that shows the past gives no orders. */
export function refuseOrders(because: () => string | null): void {
  refused = because;
}

/** Why an answer is not what was asked for, in the language shown. */
export async function refusalOf(answer: Response): Promise<string> {
  const problem = (await answer.json().catch(() => ({}))) as { title?: string; detail?: string; cause?: Cause };
  return refusal(problem, answer.status);
}

export async function send(command: Command): Promise<CommandResult> {
  const reason = refused();
  if (reason !== null) return { done: false, reason };
  try {
    const answer = await fetch('api/commands', {
      method: 'POST',
      headers: { ...headers(), 'Content-Type': 'application/json' },
      body: JSON.stringify(command),
      signal: AbortSignal.timeout(10_000),
    });
    if (answer.ok) return { done: true };
    return { done: false, reason: await refusalOf(answer) };
  } catch {
    return { done: 'unknown' };
  }
}
