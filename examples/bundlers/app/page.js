import { connectSidecars } from 'ipc-link/window';
import { text as textContract } from './contract.js';

async function run() {
  const { text } = await connectSidecars({ text: textContract });
  const words = await text.countWords('to be or not to be');
  const inMain = new URLSearchParams(location.search).get('inMain');
  document.querySelector('output').textContent = `${inMain} words in main, ${words} in the page`;
}
void run();
