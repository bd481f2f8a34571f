import { serve } from 'ipc-link/sidecar';
import sharp from 'sharp';
import { images } from './contract.js';

void serve(images, {
  thumbnail: ({ svg, width }) => sharp(Buffer.from(svg)).resize(width).png().toBuffer(),
});
