import { both, queryOf, urlOf, type HttpClient, type Parts, type Request } from '../model.js';
import { rust } from '../languages/rust.js';

const { write } = rust;

function sent(request: Request, parts: Parts): Parts | undefined {
  if (request.use === undefined) return { ...parts, statements: [...parts.statements, 'Ok(())'] };
  return both(parts, rust.use({ expression: 'answer', shape: 'json' }, request.use));
}

const reqwest: HttpClient = {
  kind: 'http', id: 'reqwest', name: 'reqwest', language: rust, head: 'client',
  write: (request) => sent(request, {
    imports: ['use reqwest::Client;'],
    statements: [
      'let client = Client::new();',
      'let answer: serde_json::Value = client',
      `    .${request.method.toLowerCase()}("${urlOf(request)}")`,
      ...request.headers.map(([name, value]) => `    .header("${name}", ${write(value)})`),
      ...(request.query.length === 0 ? [] : [`    .query(&[${request.query.map(([name, value]) => `("${name}", "${value}")`).join(', ')}])`]),
      ...(request.body === undefined ? [] : [request.isTyped ? `    .json(&json!(${write(request.body)}))` : `    .body(json!(${write(request.body)}).to_string())`]),
      '    .send()',
      '    .await?',
      '    .json()',
      '    .await?;',
    ],
  }),
};

const ureq: HttpClient = {
  kind: 'http', id: 'ureq', name: 'ureq', language: rust, head: 'ureq::',
  write: (request) => sent(request, {
    imports: [],
    statements: [
      `let answer: serde_json::Value = ureq::${request.method.toLowerCase()}("${urlOf(request)}${queryOf(request)}")`,
      ...request.headers.map(([name, value]) => `    .set("${name}", ${/^(?:\w+|".*")$/.test(write(value)) ? write(value) : `&${write(value)}`})`),
      `    ${request.body === undefined ? '.call()?' : request.isTyped ? `.send_json(json!(${write(request.body)}))?` : `.send_string(&json!(${write(request.body)}).to_string())?`}`,
      '    .into_json()?;',
    ],
  }),
};

/** The HTTP clients of Rust. */
export const RUST: readonly HttpClient[] = [reqwest, ureq];
