async function run() {
  const { text } = await window.sidecars;
  const words = await text.countWords('to be or not to be');
  const inMain = new URLSearchParams(location.search).get('inMain');
  document.querySelector('output').textContent = `${inMain} words in main, ${words} in the page`;
}
void run();
