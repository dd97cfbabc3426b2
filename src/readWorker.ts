// Reads files in a thread of its own and tells which of them are worth another look. Started by whoever scans a large folder without ripgrep; ends when it is ended.
import { parentPort } from 'node:worker_threads';
import { Reader } from './node/readText.js';
import { lookAt } from './node/readers/batch.js';

const port = parentPort;
if (port === null) throw new Error('Files are read in a thread that the scan starts.');
const reader = new Reader();
port.on('message', (paths: readonly string[]) => { port.postMessage(lookAt(paths, reader)); });
