declare module "chainrule:backend" {
  export const start: import("./backend").Start;
}
