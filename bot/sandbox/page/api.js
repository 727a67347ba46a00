// The sandbox's control API, as the page uses it.

/** Does one deed; rejects with the server's own sentence. */
export async function act(deed, body) {
  const answer = await fetch(`/sandbox/${deed}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const result = await answer.json();
  if (!answer.ok) throw new Error(result.error ?? `galat ${answer.status}`);
  return result;
}

export async function loadState() {
  const answer = await fetch("/sandbox/state");
  if (!answer.ok) throw new Error(`galat ${answer.status}`);
  return answer.json();
}

/** Calls `onChange` for each change and `onLine(true|false)` as the connection comes and goes. */
export function follow(onChange, onLine) {
  const source = new EventSource("/sandbox/events");
  source.onopen = () => onLine(true);
  source.onerror = () => onLine(false);
  source.onmessage = (event) => onChange(JSON.parse(event.data));
}
