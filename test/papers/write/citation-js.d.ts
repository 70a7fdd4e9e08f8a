declare module '@citation-js/core' {
  export class Cite {
    constructor(data: string);
    readonly data: readonly {
      readonly id?: string;
      readonly title?: string;
      readonly author?: readonly unknown[];
    }[];
  }
}
declare module '@citation-js/plugin-ris';
