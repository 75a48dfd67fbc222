// Runs a page's own script as a browser would, with Node's WebCrypto and a document of the few things that it asks for.
// node page.cjs FILE... : one line of JSON a file, {"state", "said", "body", "images", "elements"}. "--without": no Ed25519.

const fs = require("fs");
const vm = require("vm");

class Element {
  constructor(name) {
    this.name = name;
    this.children = [];
    this.attributes = {};
  }
  setAttribute(name, value) { this.attributes[name] = String(value); }
  append(...inside) { this.children.push(...inside); }
  replaceChildren(...inside) { this.children = inside; }
  set textContent(text) { this.children = [String(text)]; }
  get textContent() { return this.children.map((one) => (typeof one === "string" ? one : one.textContent)).join(""); }
  set className(name) { this.attributes.class = name; }
  get className() { return this.attributes.class ?? ""; }
  *all() {
    yield this;
    for (const one of this.children) if (typeof one !== "string") yield* one.all();
  }
}

async function run(file, without) {
  const html = fs.readFileSync(file, "utf8");
  const [, pack] = /<script type="application\/json" id="pack">([^]*?)<\/script>/.exec(html);
  const [, script] = /<script>([^]*?)<\/script>/.exec(html);
  const known = new Map([["pack", new Element("script")]]);
  known.get("pack").textContent = pack;
  const done = {};
  const finished = new Promise((resolve) => (done.resolve = resolve));
  const document = {
    createElement: (name) => new Element(name),
    getElementById: (id) => known.get(id) ?? known.set(id, new Element("div")).get(id),
    documentElement: { setAttribute: () => done.resolve() },
  };
  const crypto = without ? undefined : globalThis.crypto;
  vm.runInNewContext(script, { document, crypto, TextEncoder, Intl, atob, btoa, DataView, Uint8Array, Map, Set, Date });
  await finished;
  const body = document.getElementById("body");
  const all = [...body.all()];
  return {
    state: document.getElementById("state").className, said: document.getElementById("state").textContent,
    body: body.textContent, under: document.getElementById("under").textContent,
    images: all.filter((one) => one.name === "img").map((one) => one.attributes.src.slice(0, 22)),
    elements: [...new Set(all.map((one) => one.name))].sort(),
    directions: all.filter((one) => one.attributes.lang).map((one) => [one.attributes.lang, one.attributes.dir]),
  };
}

(async () => {
  const files = process.argv.slice(2);
  const without = files[0] === "--without";
  for (const file of files.slice(without ? 1 : 0)) console.log(JSON.stringify(await run(file, without)));
})();
