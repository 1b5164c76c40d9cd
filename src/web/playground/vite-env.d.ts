/// <reference types="vite/client" />

declare module 'virtual:questions' {
  const subjects: readonly import('../questions.ts').SubjectQuestions[];
  export default subjects;
}
