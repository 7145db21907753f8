// Serves the engine of ClickHouse that chDB holds on a loopback port, as far as
// a driver needs of the HTTP interface: one statement a request, rows as Native.
//
//   node .ci/chdb.mjs PORT LIBRARY FOLDER
//
// LIBRARY holds node_modules with chdb; FOLDER gets the engine's files.
import { createRequire } from 'node:module'
import { createServer } from 'node:http'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [port, library, folder] = [Number(process.argv[2]), process.argv[3], process.argv[4]]
const { Session } = createRequire(join(library, 'x.js'))('chdb')
mkdirSync(join(folder, 'files'), { recursive: true })
const session = new Session(join(folder, 'files'))
const out = join(folder, 'out.native')
const into = join(folder, 'in.native')
session.query("SET session_timezone = 'UTC'")

// The parameters of a URL that are no settings.
const own = new Set(['query', 'database', 'default_format', 'client_protocol_version', 'query_id', 'readonly'])

const text = (s) => {
  const b = Buffer.from(s)
  return Buffer.concat([Buffer.from([b.length]), b])
}

// hello is the block that a driver asks for first, in the newest form of the
// protocol; it names revision 0, so that all others may come in the oldest.
function hello(version) {
  const column = (name, type, data) => Buffer.concat([text(name), text(type), Buffer.from([0]), data])
  const info = Buffer.from([1, 0, 2, 255, 255, 255, 255, 0])
  return Buffer.concat([info, Buffer.from([4, 1]),
    column('displayName()', 'String', text('chdb')), column('version()', 'String', text(version)),
    column('revision()', 'UInt32', Buffer.alloc(4)), column('timezone()', 'String', text('UTC'))])
}

function answer(url, body) {
  const sql = url.searchParams.get('query') ?? body.toString()
  if (sql.startsWith('SELECT displayName(), version(), revision(), timezone()')) {
    return hello(session.query('SELECT version()', 'TabSeparated').trim())
  }
  const settings = [...url.searchParams].filter(([k]) => !own.has(k)).map(([k, v]) => `${k} = '${v}'`)
  session.query('USE `' + (url.searchParams.get('database') || 'default') + '`')
  if (settings.length > 0) session.query('SET ' + settings.join(', '))
  // What a profile of a real server does before any statement.
  if (url.searchParams.get('readonly') === '2' && !/^\s*(SELECT|WITH|KILL|DESC|DESCRIBE)\b/i.test(sql)) {
    throw new Error('Code: 164. DB::Exception: Cannot execute query in readonly mode. (READONLY)')
  }
  if (/^\s*INSERT/i.test(sql)) {
    writeFileSync(into, body)
    session.query(sql.replace(/\s+FORMAT\s+Native\s*$/i, '') + ` FROM INFILE '${into}' FORMAT Native`)
    return Buffer.alloc(0)
  }
  rmSync(out, { force: true })
  if (/^\s*(SELECT|WITH|DESC|DESCRIBE)\b/i.test(sql)) {
    session.query(`${sql} INTO OUTFILE '${out}' FORMAT Native`)
    return existsSync(out) ? readFileSync(out) : Buffer.alloc(0)
  }
  session.query(sql)
  return Buffer.alloc(0)
}

createServer((request, response) => {
  const chunks = []
  request.on('data', (c) => chunks.push(c))
  request.on('end', () => {
    try {
      const result = answer(new URL(request.url, 'http://localhost'), Buffer.concat(chunks))
      response.writeHead(200, { 'Content-Length': result.length, 'X-ClickHouse-Timezone': 'UTC' })
      response.end(result)
    } catch (e) {
      const code = /Code: (\d+)/.exec(e.message)?.[1] ?? '1'
      response.writeHead(500, { 'X-ClickHouse-Exception-Code': code })
      response.end(e.message)
    }
  })
}).listen(port, '127.0.0.1')
