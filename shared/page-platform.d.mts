import type { Plugin } from 'rolldown';

export declare const pagePlatform: Plugin;
