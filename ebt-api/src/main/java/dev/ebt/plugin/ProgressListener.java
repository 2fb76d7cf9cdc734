package dev.ebt.plugin;

/** Who watches work that may take long, such as reading data: a progress line, or nobody. */
public interface ProgressListener {
  /** For work that nobody watches. */
  ProgressListener NOBODY = (what, total) -> new Work(() -> {}, () -> {});

  /**
   * Begins to watch; to be closed when the work ends, well or not.
   *
   * @param what is being done, in a few words: "pictures read"
   * @param total how many pieces there are
   */
  Work begin(String what, long total);

  /**
   * Work that is watched.
   *
   * @param piece called after each piece, by any thread
   * @param end called when there will be no more
   */
  record Work(Runnable piece, Runnable end) implements AutoCloseable {
    /** A piece is done. */
    public void done() {
      piece.run();
    }

    @Override
    public void close() {
      end.run();
    }
  }
}
