import { serve } from 'ipc-link/sidecar';
import { text } from './contract.js';

// Not awaited at the top level, which CommonJS has not. Where it rejects, Node prints why and ends the process all the same.
void serve(text, { countWords: (input) => input.split(/\s+/).length });
