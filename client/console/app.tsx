import { Center, Loader } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Suspense, useEffect } from 'react';
import { Route, Routes } from 'react-router';
import { readSession } from '../api/contract/session';
import { AnsweredProblem, ask, keyOf, setCsrfToken } from './api';
import { PAGES } from './pages';
import { Notices } from './parts/notices';
import { PageBoundary } from './parts/page-boundary';
import { Failed, NotHere } from './parts/page-state';
import { SessionContext } from './session';
import { Shell } from './shell';
import { SignIn } from './sign-in';
import { type Language, LanguageContext } from './words';

/** Whoever is signed in sees the pages, everybody else the sign-in. */
export function App() {
  const [language, setLanguage] = useLocalStorage<Language>({ key: 'boosta-language', defaultValue: 'ko' });
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <LanguageContext value={language}>
      <Notices />
      <Inside setLanguage={setLanguage} />
    </LanguageContext>
  );
}

function Inside({ setLanguage }: { setLanguage: (language: Language) => void }) {
  const session = useQuery({
    queryKey: keyOf(readSession, {}),
    queryFn: async () => {
      const answer = await ask(readSession, {});
      setCsrfToken(answer.csrfToken);
      return answer;
    },
    retry: false,
  });
  if (session.error instanceof AnsweredProblem && session.error.problem.status === 401)
    return <SignIn setLanguage={setLanguage} />;
  if (session.data === undefined)
    return <Center h="100vh">{session.error === null ? <Loader /> : <Failed of={session} />}</Center>;
  return (
    <SessionContext value={session.data}>
      <Shell setLanguage={setLanguage}>
        <PageBoundary>
          <Suspense
            fallback={
              <Center h={200}>
                <Loader />
              </Center>
            }
          >
            <Routes>
              {PAGES.map(({ path, page: Page }) => (
                <Route key={path} path={path === '/' ? '/' : `${path}/*`} element={<Page />} />
              ))}
              <Route path="*" element={<NotHere />} />
            </Routes>
          </Suspense>
        </PageBoundary>
      </Shell>
    </SessionContext>
  );
}
