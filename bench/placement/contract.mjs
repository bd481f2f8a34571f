import { defineContract, task } from 'ipc-link/contract';
import { takes } from '../peers/takes.mjs';

export const waiting = defineContract('waiting', { wait: task({ input: takes(0), output: takes(0) }) });
