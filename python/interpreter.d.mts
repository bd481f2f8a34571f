export function findPython(): string;
