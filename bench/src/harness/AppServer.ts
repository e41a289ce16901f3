import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

/** A file that a browser was given. */
export interface ServedFile {
  /** Relative to the folder. */
  name: string;
  gzippedBytes: number;
}

const contentTypes: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

/** Serves a built app as the backend does, compressed and with the configuration in its page, but without any API. */
export class AppServer implements AsyncDisposable {
  readonly served: ServedFile[] = [];

  private constructor(
    private readonly directory: string,
    private readonly server: Server,
  ) {}

  static async start(directory: string): Promise<AppServer> {
    const server = createServer();
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const app = new AppServer(directory, server);
    server.on('request', (request, response) => {
      const name = new URL(request.url ?? '/', app.url).pathname.slice(1) || 'index.html';
      app.#read(name).then(
        body => response.setHeader('Content-Encoding', 'gzip').setHeader('Content-Type', typeOf(name)).end(body),
        () => response.writeHead(404).end(), // what is no file is a request to an API
      );
    });
    return app;
  }

  get url(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  async #read(name: string): Promise<Buffer> {
    const content = await readFile(path.join(this.directory, path.normalize(`/${name}`)));
    const body = gzipSync(name === 'index.html' ? this.#withConfig(content.toString()) : content);
    this.served.push({ name, gzippedBytes: body.length });
    return body;
  }

  #withConfig(page: string): string {
    const data = {
      app: { title: 'Leitstand', baseUrl: this.url },
      backend: { baseUrl: this.url },
      leitstand: { signIn: { guest: true } },
    };
    const configs = JSON.stringify([{ context: 'bench', data }]);
    return page.replace('</head>', `<script type="backstage.io/config">${configs}</script></head>`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }
}

function typeOf(name: string): string {
  return contentTypes[path.extname(name)] ?? 'application/octet-stream';
}
