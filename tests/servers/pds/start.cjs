// A real Bluesky server (PDS) and its directory (PLC), for tests only: both listen on every interface.
//
//   node start.cjs [all|plc|pds] [--pds-port N] [--plc-port N] [--plc-url URL] [--data DIR] [--limits]
//
// The same by environment: PDS_PORT, PLC_PORT, PLC_URL, PDS_DATA. A port that is not given is chosen free.
// G20DESK_PDS_MODULES is the node_modules folder that dev.py made. `plc` and `pds` alone serve tests that restart the
// PDS, since the directory forgets its accounts when it ends. One line of JSON on standard output says that all is
// ready: {"pid", "plc", "pds", "data"}. It ends on SIGTERM, SIGINT, or when standard input, if it is a pipe, is closed.
'use strict'

const fs = require('node:fs')
const net = require('node:net')
const os = require('node:os')
const path = require('node:path')
const { createRequire } = require('node:module')

process.env.LOG_ENABLED = 'false'

function options(words) {
  const found = { part: 'all', limits: false }
  for (let i = 0; i < words.length; i++) {
    if (words[i] === '--limits') found.limits = true
    else if (words[i].startsWith('--')) found[words[i].slice(2)] = words[++i]
    else found.part = words[i]
  }
  return found
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer()
    server.on('error', reject)
    server.listen(0, () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

async function healthy(address) {
  const until = Date.now() + 60_000
  while (Date.now() < until) {
    try {
      const answer = await fetch(address + '/xrpc/_health')
      if (answer.status === 200) return
    } catch {}
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('the PDS did not become healthy')
}

async function main() {
  const given = options(process.argv.slice(2))
  const modules = process.env.G20DESK_PDS_MODULES || path.join(__dirname, 'node_modules')
  const load = createRequire(path.join(path.dirname(path.resolve(modules)), 'start.cjs'))
  const ready = { pid: process.pid }
  const ends = []

  let directory = given['plc-url'] || process.env.PLC_URL
  if (given.part !== 'pds') {
    const { PlcServer, Database } = load('@did-plc/server')
    const port = Number(given['plc-port'] || process.env.PLC_PORT || (await freePort()))
    const plc = PlcServer.create({ db: Database.mock(), port })
    await plc.start()
    ends.push(() => plc.destroy())
    directory = ready.plc = `http://localhost:${port}`
  }

  if (given.part !== 'plc') {
    if (!directory) throw new Error('pds alone wants --plc-url')
    const { PDS, envToCfg, envToSecrets } = load('@atproto/pds')
    const port = Number(given['pds-port'] || process.env.PDS_PORT || (await freePort()))
    const named = given.data || process.env.PDS_DATA
    const data = named || fs.mkdtempSync(path.join(os.tmpdir(), 'g20desk-pds-'))
    fs.mkdirSync(path.join(data, 'blobs'), { recursive: true })
    const env = {
      devMode: true,
      port,
      hostname: 'localhost',
      dataDirectory: data,
      blobstoreDiskLocation: path.join(data, 'blobs'),
      didPlcUrl: directory,
      jwtSecret: 'for-tests-only',
      adminPassword: 'for-tests-only',
      plcRotationKeyK256PrivateKeyHex: '11'.repeat(32),
      serviceHandleDomains: ['.test'],
      inviteRequired: false,
      bskyAppViewUrl: 'http://localhost:1',
      bskyAppViewDid: 'did:example:none',
      disableSsrfProtection: true,
      rateLimitsEnabled: given.limits,
    }
    const pds = await PDS.create(envToCfg(env), envToSecrets(env))
    await pds.start()
    ends.push(() => pds.destroy())
    if (!named) ends.push(() => fs.rmSync(data, { recursive: true, force: true }))
    ready.pds = `http://localhost:${port}`
    ready.data = data
    await healthy(ready.pds)
  }

  let ending = false
  const end = async () => {
    if (ending) return
    ending = true
    setTimeout(() => process.exit(0), 3000).unref()
    for (const each of ends.reverse()) await Promise.resolve(each()).catch(() => {})
    process.exit(0)
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  if (fs.fstatSync(0).isFIFO()) process.stdin.on('end', end).resume()
  process.stdout.write(JSON.stringify(ready) + '\n')
}

main().catch((error) => {
  process.stderr.write(`${error.stack || error}\n`)
  process.exit(1)
})
