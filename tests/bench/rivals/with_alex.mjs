// alex over the texts of a JSON file: seconds and findings, as JSON.
import {readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {pathToFileURL} from 'node:url'

const [, , file, home] = process.argv
const {text} = await import(pathToFileURL(createRequire(home + '/').resolve('alex')).href)
const texts = JSON.parse(readFileSync(file, 'utf8'))
for (const one of texts.slice(0, 20)) text(one)
const begun = process.hrtime.bigint()
let found = 0
for (const one of texts) found += text(one).messages.length
console.log(JSON.stringify({seconds: Number(process.hrtime.bigint() - begun) / 1e9, found, rules: 0}))
