// The page: calls and streams as in the main process. The script before this one makes `window.sidecars`; a page with a
// bundler imports `connectSidecars` instead.
const show = (id, text) => (document.getElementById(id).textContent = text);

async function run() {
  const { primes } = await window.sidecars;
  const onProgress = ({ percent }) => show('percent', percent);
  show('found', await primes.count({ below: 50_000 }, { onProgress }));

  const palindromes = [];
  for await (const prime of primes.list({ below: 1_000_000 })) {
    if (prime > 10 && String(prime) === String(prime).split('').toReversed().join('')) palindromes.push(prime);
    if (palindromes.length === 5) break; // the sidecar stops as well
  }
  show('palindromes', palindromes.join(' '));

  // `authorize` in the main process refuses this input, and the call rejects with its error.
  await primes.count({ below: 1_000_001 }).catch((error) => show('refused', error.message));
}

void run();
