/// <reference types="vite/client" />

declare module 'virtual:questions' {
  const questions: readonly import('../questions.ts').Question[];
  export default questions;
}
