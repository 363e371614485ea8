// A line between a browser and a node that can be cut: the browser's own way of being offline leaves a
// stream alone that is open already.
import net from "node:net";

export class Line {
  #open = new Set();
  #isCut = false;

  static async to(console) {
    const line = new Line();
    const port = Number(new URL(console).port);
    const server = net.createServer((near) => line.#join(near, port));
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    server.unref();
    line.console = `http://127.0.0.1:${server.address().port}/`;
    return line;
  }

  #join(near, port) {
    if (this.#isCut) return near.destroy();
    const far = net.connect(port, "127.0.0.1");
    for (const [end, other] of [[near, far], [far, near]]) {
      this.#open.add(end);
      end.on("error", () => {});
      end.on("close", () => {
        this.#open.delete(end);
        other.destroy();
      });
      end.pipe(other);
    }
  }

  cut() {
    this.#isCut = true;
    for (const end of this.#open) end.destroy();
  }

  mend() {
    this.#isCut = false;
  }
}
