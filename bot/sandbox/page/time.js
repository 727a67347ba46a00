// Times as people in Jakarta read them.

const ZONE = "Asia/Jakarta";
const CLOCK = new Intl.DateTimeFormat("id-ID", { hour: "2-digit", minute: "2-digit", timeZone: ZONE });
const DAY = new Intl.DateTimeFormat("id-ID", { weekday: "long", day: "numeric", month: "long", timeZone: ZONE });

/** `seconds` since 1970, as in the Bot API. */
export const clock = (seconds) => CLOCK.format(new Date(seconds * 1000));
export const day = (seconds) => DAY.format(new Date(seconds * 1000));

/** The stage's clock: the server's time as last told, running on with this machine. */
export class StageClock {
  set(iso) {
    this.base = Date.parse(iso);
    this.since = performance.now();
  }

  now() {
    return (this.base + performance.now() - this.since) / 1000;
  }
}
