/// The build: one entry, areas split by lazy routes, the server as proxy while developing.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const server = process.env.HUBU_URL ?? 'http://127.0.0.1:7800';

export default defineConfig({
  plugins: [react()],
  build: { outDir: 'dist', emptyOutDir: true, sourcemap: false, chunkSizeWarningLimit: 1200 },
  server: { proxy: { '/api': server, '/health': server } },
  preview: { proxy: { '/api': server, '/health': server } },
  test: { environment: 'happy-dom', include: ['src/**/*.test.{ts,tsx}'] },
});
