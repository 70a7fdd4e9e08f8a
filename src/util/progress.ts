/** Called with how much of a long task is done, and of how much. */
export type Progress = (done: number, total: number) => void;
