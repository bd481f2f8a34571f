import type { Plugin } from 'rolldown';

export declare const builtInsOnDemand: Plugin;
