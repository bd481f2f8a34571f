// The page: makes two seconds of a signal, and draws the spectrum that numpy computes of it.
const RATE = 8_000;
const show = (id, text) => (document.getElementById(id).textContent = text);

const tone = (frequency, index) => Math.sin((2 * Math.PI * frequency * index) / RATE);
const samples = Float64Array.from({ length: 2 * RATE }, (_, index) => tone(440, index) + 0.6 * tone(1_250, index));

async function run() {
  const { numbers } = await window.sidecars;
  const onProgress = ({ percent }) => show('percent', percent);
  const { magnitudes, peaks } = await numbers.spectrum({ samples, rate: RATE }, { onProgress });
  draw(magnitudes);
  show('peaks', peaks.map((frequency) => `${frequency} Hz`).join(', '));
}

function draw(magnitudes) {
  const canvas = document.getElementById('spectrum');
  const context = canvas.getContext('2d');
  const width = canvas.width / magnitudes.length;
  magnitudes.forEach((magnitude, index) => {
    const height = magnitude * canvas.height;
    context.fillRect(index * width, canvas.height - height, Math.max(1, width - 1), height);
  });
}

run().catch((error) => show('peaks', error.message));
