/** Called with how much of a long task is done. */
export type Progress = (done: number, total: number) => void;
