// Reports last night's usage again. Run by hand.
const endpoint = 'https://api.stigg.io/api/v1/events';
const apiKey = '@@SERVER_KEY@@';

async function report(customerId, notes) {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'X-API-KEY': apiKey,
      'Content-Type': 'application/json',
      'Idempotency-Key': `backfill-${customerId}-${notes.length}`,
    },
    body: JSON.stringify({ events: notes.map((note) => ({ customerId, eventName: 'note_created', idempotencyKey: note.id })) }),
  });
  console.log(customerId, response.status);
}

report(process.argv[2], JSON.parse(process.argv[3] ?? '[]'));
