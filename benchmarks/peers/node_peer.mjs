// One engine, asked on standard input, a line of JSON at a time: first the rules, then companies to decide.
// The time is the lower of this process's CPU time and of the time elapsed, so that a collector of garbage that
// works beside, or another process that takes the processor, is not held against the engine.

import { createInterface } from 'node:readline'

const ENGINES = { 'json-logic-js': jsonLogic, publicodes }
const decide = { now: null }

for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line)
  if (message.rules) {
    decide.now = await ENGINES[process.argv[2]](message.rules)
    console.log('{}')
  } else {
    console.log(JSON.stringify(measured(message.companies)))
  }
}

function measured(companies) {
  const cpu = process.cpuUsage()
  const start = performance.now()
  const found = companies.map(decide.now)
  const elapsed = (performance.now() - start) / 1e3
  const { user, system } = process.cpuUsage(cpu)
  const verdicts = found.map((truths) => truths.map(letter).join(''))
  return { verdicts, seconds: Math.min(elapsed, (user + system) / 1e6) }
}

function letter(truth) {
  return truth === undefined ? '?' : truth ? 'T' : 'F'
}

async function jsonLogic(rules) {
  const { default: logic } = await import('json-logic-js')
  return (company) => rules.map((rule) => Boolean(logic.apply(rule, company)))
}

async function publicodes(document) {
  const { default: Engine } = await import('publicodes')
  const silent = { log() {}, warn() {}, error: console.error }
  const engine = new Engine(document, { logger: silent })
  const names = Object.keys(document).filter((name) => /^r\d+$/.test(name))
  return (company) => {
    engine.setSituation(Object.fromEntries(Object.entries(company).map(([name, value]) => [name, spoken(value)])))
    return names.map((name) => engine.evaluate(name).nodeValue)
  }
}

function spoken(value) {
  if (typeof value === 'boolean') return value ? 'oui' : 'non'
  return typeof value === 'string' ? `'${value}'` : value
}
