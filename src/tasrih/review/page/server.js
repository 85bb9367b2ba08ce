/** What the page asks of the desk. A desk that does not answer is asked again until it does. */

const FIRST_PAUSE = 500; // milliseconds; each next one is twice as long, up to the longest
const LONGEST_PAUSE = 4000;

/** What the desk says when it does not do what it is asked. */
export class Refusal extends Error {
  /**
   * @param {string} message
   * @param {number} status that of HTTP: 409 when the file is another version by now
   * @param {boolean} repeated whether it was asked before, without an answer
   */
  constructor(message, status, repeated) {
    super(message);
    this.status = status;
    this.repeated = repeated;
  }
}

/** @type {(isLost: boolean) => void} */
let tell = () => {};

/**
 * Says who is told when the desk is lost, and when it is back.
 * @param {(isLost: boolean) => void} listener
 */
export function onLost(listener) {
  tell = listener;
}

/**
 * Asks the desk, and gives its answer. Throws a Refusal.
 * @param {string} path
 * @param {object} [body]
 */
export async function ask(path, body) {
  const headers = { "Content-Type": "application/json" };
  const asked = body && { method: "POST", headers, body: JSON.stringify(body) };
  for (let pause = FIRST_PAUSE, times = 0; ; pause = Math.min(2 * pause, LONGEST_PAUSE), times += 1) {
    const answer = await answered(`api/${path}`, asked);
    if (answer) {
      if (times) tell(false);
      if (answer.status !== 200) throw new Refusal(answer.told.error, answer.status, times > 0);
      return answer.told;
    }
    tell(true);
    await new Promise((resume) => setTimeout(resume, pause));
  }
}

/**
 * An answer of the desk; null when there is none, or half of one, or one of another program that has its port now.
 * @param {string} address
 * @param {RequestInit} [asked]
 */
async function answered(address, asked) {
  try {
    const answer = await fetch(address, asked);
    return { status: answer.status, told: await answer.json() };
  } catch {
    return null;
  }
}
