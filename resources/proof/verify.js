"use strict";
// Proves a proof pack by its own bytes: signatures, digests, places. docs/proof-packs.md, steps 1 to 4 and 7, and the receipts.
// Whether an act counts by the office's rules is not judged here: the pack's maker says so, and `record verify` proves it.

const TAG = (purpose) => new TextEncoder().encode(`g20desk ${purpose} 1\n`);
const HEX64 = /^[0-9a-f]{64}$/;
const NEEDED = ["c.kind", "c.to", "c.topic", "c.not_before", "c.corrects", "c.replies", "c.quotes", "c.until", "c.supersedes"];
const BEGINS = ["message.submitted", "relay.asked"];
const SEALED = ["guardians.named/shares", "guardians.share_given/share", "device.added/share"];
const PEOPLE = ["office", "member", "device", "role", "proposal", "guardians", "order"];

const HARMLESS = ["epoch", "roster", "slot", "recurring", "handle", "word", "address"];

class Bad extends Error {}

function need(holds, words) {
  if (!holds) throw new Bad(words);
}

// Canonical JSON (RFC 8785) of what the ledger takes.
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const names = Object.keys(value).sort();
    return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
  }
  need(typeof value !== "number" || Number.isSafeInteger(value), "A number that a pack can't hold.");
  return JSON.stringify(value);
}

function parsed(text, what) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Bad(`Not of the form that it has in a proof pack: ${what}.`);
  }
  need(canonical(value) === text, `Not of the form that it has in a proof pack: ${what}.`);
  return value;
}

function bytes(hex, size, what) {
  need(typeof hex === "string" && /^(?:[0-9a-f]{2})*$/.test(hex) && hex.length === 2 * size,
    `Not of the form that it has in a proof pack: ${what}.`);
  return Uint8Array.from(hex.match(/../g) ?? [], (two) => parseInt(two, 16));
}

function decoded(base64, what) {
  try {
    const data = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
    return data;
  } catch {
    throw new Bad(`Not of the form that it has in a proof pack: ${what}.`);
  }
}

function joined(...parts) {
  const all = parts.map((part) => (typeof part === "string" ? new TextEncoder().encode(part) : part));
  const made = new Uint8Array(all.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of all) {
    made.set(part, at);
    at += part.length;
  }
  return made;
}

const hexOf = (data) => Array.from(new Uint8Array(data), (one) => one.toString(16).padStart(2, "0")).join("");

class Proof {
  constructor(subtle) {
    this.subtle = subtle;
    this.keys = new Map();
    this.signatures = this.digests = 0;
  }

  async hash(purpose, ...data) {
    this.digests += 1;
    return hexOf(await this.subtle.digest("SHA-256", joined(TAG(purpose), ...data)));
  }

  async signed(device, purpose, data, signature) {
    need(HEX64.test(device), "Not of the form that it has in a proof pack: a key.");
    this.signatures += 1;
    try {
      if (!this.keys.has(device)) {
        this.keys.set(device, await this.subtle.importKey("raw", bytes(device, 32, "a key"), { name: "Ed25519" }, false, ["verify"]));
      }
      const holds = await this.subtle.verify({ name: "Ed25519" }, this.keys.get(device), bytes(signature, 64, "a signature"),
        joined(TAG(purpose), data));
      return holds;
    } catch (error) {
      if (error instanceof Bad) throw error;
      return false;
    }
  }

  // The whole pack: {acts, hidden, complete, running} of one that holds. Throws Bad.
  async pack(value) {
    const { signature, ...rest } = value;
    need(value.format === "g20desk proof pack" && value.v === 1, "This is no proof pack of version 1.");
    need(Array.isArray(value.entries) && value.entries.length, "The pack shows no place.");
    need(await this.signed(value.by, "proof pack", canonical(rest), signature), "The pack was changed after its maker signed it.");
    const acts = [];
    const streams = [value.stream, await this.lineOf(value)];
    const kinds = new Set();
    let place = 0, stamp = 0, hidden = 0, bare = false, first = "";
    let running = await this.hash("order", canonical([value.office]));
    const order = { keeper: "", half: null };
    const ends = new Map();
    const hashes = new Set([""]);
    const accused = [];
    const step = async (digest, at) => {
      place += 1;
      need(Number.isSafeInteger(at) && at >= stamp, `Place ${place}: its time is before that of the place before it.`);
      stamp = at;
      running = await this.hash("order", canonical([value.office, place, running, digest, at]));
    };
    for (const entry of value.entries) {
      const links = decoded(entry.between, `what stands before place ${entry.place}`);
      need(links.length % 40 === 0, `Not of the form that it has in a proof pack: what stands before place ${entry.place}.`);
      hidden += links.length / 40;
      for (let at = 0; at < links.length; at += 40) {
        const when = new DataView(links.buffer, links.byteOffset + at + 32, 8).getBigUint64(0);
        await step(hexOf(links.slice(at, at + 32)), Number(when));
        hashes.add(running);
      }
      need(entry.place === place + 1, `Place ${place + 1} is missing: ${entry.place} stands there.`);
      const where = `Place ${entry.place}`;
      const head = parsed(entry.head, `the head at ${where.toLowerCase()}`);
      need(head.office === value.office, `${where}: it is of another office.`);
      need(await this.signed(head.device, "envelope", entry.head, entry.head_signature),
        `${where}: its head was not signed by the device that it names.`);
      const chain = `${head.device} ${head.chain}`;
      const [seq, newest] = ends.get(chain) ?? [0, ""];
      need(head.seq > seq && (head.seq !== seq + 1 || head.prev === newest),
        `${where}: what one device did is not in the order in which it was done.`);
      ends.set(chain, [head.seq, head.event]);
      await step(await this.hash("placed", entry.head, bytes(entry.head_signature, 64, "a signature")), entry.stamp);
      const act = entry.event === null ? null : await this.act(value, entry, head, where, streams);
      if (place === 1) {
        need(act && act.id === value.office, "Place 1: this is not the founding of the office that the pack names.");
        [first, order.keeper] = [head.ring, head.device];
      }
      bare = bare || (act === null && head.ring === first);
      await this.receipt(value, entry, running, act, head, order);
      if (act && act.parts) acts.push(act);
      if (act && act.parts && !hashes.has(act.header.seen)) accused.push(act);
      hashes.add(running);
      if (act && !act.parts && act.header.stream === value.office && !HARMLESS.includes(act.header.kind.split(".")[0])) kinds.add(act.header.kind);
    }
    need(acts.some((act) => act.id === value.stream && BEGINS.includes(act.header.kind)),
      "The pack does not show the submission that its message began with.");
    await this.pieces(value, acts);
    this.decided(value, acts);
    if (value.claims.relay) this.carried(value, acts, streams[1]);
    return { acts, hidden, complete: !hidden && !bare, accused, kinds: [...kinds].sort(), running, place, stamp };
  }

  // The stream of the line that a relay carries, by the act that the relay began with; null for another message.
  async lineOf(value) {
    for (const { event } of value.entries) {
      if (event && event.parts && (await this.hash("event", event.header)) === value.stream) {
        const part = event.parts.line;
        const said = JSON.parse(event.header).kind === "relay.asked" && typeof part === "string" ? JSON.parse(part)[1] : null;
        return HEX64.test(said) ? said : null;
      }
    }
    return null;
  }

  async act(value, entry, head, where, streams) {
    const shown = entry.event;
    const header = parsed(shown.header, `the act at ${where.toLowerCase()}`);
    need(await this.signed(header.device, "event", shown.header, shown.signature),
      `${where}: the act was not signed by the device that it names.`);
    const id = await this.hash("event", shown.header);
    const same = ["device", "chain", "seq", "prev"].every((name) => header[name] === head[name]);
    need(same && head.event === id && head.ring === (header.ring || head.ring), `${where}: another act stands there than is shown.`);
    const mine = streams.includes(header.stream) || streams.includes(id);
    const office = header.stream === value.office || id === value.office;
    const made = { id, header, place: entry.place, stamp: entry.stamp, parts: null, verdict: shown.verdict };
    if (shown.parts === null) {
      need(!mine && !(office && PEOPLE.includes(header.kind.split(".")[0])),
        `${where}: an act that the pack rests on (${header.kind}) is not shown.`);
      return made;
    }
    need(mine || office, `${where}: this act is of something else than the message or the office's people.`);
    made.parts = {};
    const digests = {};
    for (const [name, part] of Object.entries(shown.parts)) {
      const what = `the part “${name}” at ${where.toLowerCase()}`;
      if (typeof part === "string") {
        const [salt, said] = parsed(part, what);
        need(/^[0-9a-f]{32}$/.test(salt), `Not of the form that it has in a proof pack: ${what}.`);
        digests[name] = await this.hash("part", `[${JSON.stringify(name)},${part.slice(1)}`);
        made.parts[name] = { value: said, withheld: false };
      } else {
        need(HEX64.test(part.digest), `Not of the form that it has in a proof pack: ${what}.`);
        digests[name] = part.digest;
        made.parts[name] = { value: parsed(part.told, what), withheld: true };
        need(this.may(header.kind, name, made.parts[name].value), `${where}: “${name}” can't be withheld, since verdicts go by it.`);
      }
    }
    need((await this.hash("body", canonical(digests))) === header.body_digest, `${where}: what the act says was changed.`);
    const content = Object.entries(digests).filter(([name]) => name.startsWith("c."));
    made.digest = await this.hash("content", canonical(Object.fromEntries(content)));
    return made;
  }

  may(kind, name, told) {
    if (SEALED.includes(`${kind}/${name}`)) {
      const shares = typeof told === "string" ? [told] : Object.values(told ?? {});
      return shares.every((one) => typeof one === "string" && /^0*$/.test(one));
    }
    if (`${kind}/${name}` === "office.founded/head" || `${kind}/${name}` === "member.admitted/name") return typeof told === "string";
    if (name.startsWith("c.") && !NEEDED.includes(name) && !name.startsWith("c.visibility.")) return true;
    return [...references(told)].length > 0;
  }

  // That a place was signed by whoever kept the order then; and who keeps it from the next one on.
  async receipt(value, entry, running, act, head, order) {
    const data = canonical([value.office, entry.place, running, entry.stamp]);
    const words = `Place ${entry.place}: whoever kept the record then did not sign that this stands there.`;
    const half = order.half;
    order.half = null;
    const handing = act && act.parts && act.header.kind === "order.handed_over" && act.verdict.counts;
    const said = handing ? canonical(["key", "address", "place", "hash"].map((name) => act.parts[name].value)) : "";
    const key = handing ? act.parts.key.value : "";
    if (half && said === half.said && head.device !== half.device) {
      need(await this.signed(key, "receipt", data, entry.receipt), words);
      order.keeper = key;
    } else if (await this.signed(order.keeper, "receipt", data, entry.receipt)) {
      if (handing && head.device === order.keeper) order.keeper = key;
    } else {
      need(handing && (await this.signed(key, "receipt", data, entry.receipt)), words);
      order.half = { said, device: head.device };
    }
  }

  async pieces(value, acts) {
    const said = new Map();
    for (const act of acts) {
      for (const part of Object.values(act.parts)) {
        for (const ref of part.withheld ? [] : references(part.value)) said.set(ref.piece, [...(said.get(ref.piece) ?? []), ref]);
      }
    }
    this.shown = new Map();
    for (const [id, one] of Object.entries(value.pieces)) {
      need(said.has(id), `A text or picture belongs to nothing that is shown: ${id.slice(0, 12)}.`);
      if (one === null) continue;
      const data = "text" in one ? new TextEncoder().encode(one.text) : decoded(one.base64, "a picture");
      let fits = false;
      for (const ref of said.get(id)) {
        fits = fits || (ref.size === data.length && (await this.hash("piece", bytes(ref.key, 32, "a key"), data)) === id);
      }
      need(fits, `A text or picture is not the one that was signed: ${id.slice(0, 12)}.`);
      this.shown.set(id, { data, text: one.text, base64: one.base64 });
    }
    for (const id of said.keys()) need(id in value.pieces, `A text or picture that the pack says it shows is missing: ${id.slice(0, 12)}.`);
  }

  // What can be seen of the claims without the office's rules: the content that they are about is the one that was submitted,
  // the decisions that carry it name it and were given, and each address stands in an act that says that it was posted.
  decided(value, acts) {
    const { claims } = value;
    const kind = claims.relay ? "relay.adopted" : "message.submitted";
    const submitted = acts.filter((act) => act.header.kind === kind && act.verdict.counts);
    need(submitted.some((act) => act.digest === claims.digest) || claims.digest === "", "The content that the pack is about is not in it.");
    for (const said of [claims, ...(claims.relay ? [claims.relay.line] : [])]) {
      for (const [id, carries] of Object.entries(said.decisions)) {
        const act = acts.find((one) => one.id === id);
        need(act && act.header.kind === "signoff.decided", "The pack claims a decision that it does not show.");
        need(!carries || (act.verdict.counts && act.parts.digest.value === said.digest), `Place ${act.place}: this decision is on another content.`);
      }
    }
    const urls = acts.filter((act) => act.verdict.counts && act.parts.receipts).flatMap((act) => act.parts.receipts.value.map((one) => one.url));
    for (const post of claims.posts) need(post.urls.every((url) => urls.includes(url)), "The pack claims a post that nobody signed.");
  }

  // Of a relay: the line is the one that was asked for, and each phrase that it locks stands in what was taken on. Whether it was
  // agreed just then is judged by the office's rules alone.
  carried(value, acts, stream) {
    const { relay } = value.claims;
    const asked = acts.find((act) => act.id === value.stream);
    const line = acts.find((act) => [act.id, act.header.stream].includes(stream) && act.header.kind === "message.submitted" && act.digest === relay.digest);
    need(asked.parts.digest.value === relay.digest && line, "The line that was asked for is not in it.");
    const adopted = acts.find((act) => act.id === relay.adopted);
    need(!relay.adopted || (adopted && adopted.header.kind === "relay.adopted" && adopted.verdict.counts && adopted.header.stream === value.stream),
      "The pack claims that somebody took the line on, and does not show it.");
    const plain = (text) => text.normalize("NFC").split(/\s+/u).join(" ").trim();
    for (const [lang, posts] of Object.entries(adopted ? adopted.parts.words.value : {})) {
      const locked = line.parts[`c.lock.${lang}`];
      need(!locked || !locked.withheld, `Place ${line.place}: “c.lock.${lang}” can't be withheld, since what was adopted goes by it.`);
      need(canonical(relay.locked[lang] ?? []) === canonical(locked?.value ?? []), "The pack claims that other phrases are locked than the line says.");
      for (const phrase of locked?.value ?? []) {
        need(posts.some((post) => plain(post).includes(plain(phrase))), `Place ${adopted.place}: a locked phrase is missing.`);
      }
    }
  }
}

function* references(value) {
  if (value === null || typeof value !== "object") return;
  if (!Array.isArray(value) && Object.keys(value).sort().join() === "key,piece,size" && HEX64.test(value.piece) && HEX64.test(value.key)) {
    yield value;
    return;
  }
  for (const one of Object.values(value)) yield* references(one);
}

// Whether this browser has what it takes: the test of RFC 8032, 7.1, the first vector.
async function able(subtle) {
  try {
    const key = bytes("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", 32, "");
    const signature = bytes("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b", 64, "");
    const known = await subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
    return await subtle.verify({ name: "Ed25519" }, known, signature, new Uint8Array(0));
  } catch {
    return false;
  }
}
