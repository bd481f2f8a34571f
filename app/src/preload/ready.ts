import { handOverPorts } from './hand-over-ports.ts';

handOverPorts();
