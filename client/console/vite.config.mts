import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  build: {
    outDir: '../../dist/client/console-files',
    emptyOutDir: true,
    // The charts are loaded by the one page that has them.
    chunkSizeWarningLimit: 1_200,
    rolldownOptions: {
      // Of libraries that are made for servers too.
      onwarn: (warning, warn) => {
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
  // `npm run api` beside `npx vite client/console`.
  server: { proxy: { '/api': 'http://127.0.0.1:8400' } },
});
