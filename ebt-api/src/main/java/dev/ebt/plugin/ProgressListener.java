package dev.ebt.plugin;

/** A listener for the progress of work that may take long, such as reading data. */
public interface ProgressListener {
  /** A listener that does nothing. */
  ProgressListener NOBODY = (what, total) -> new Work(() -> {}, () -> {});

  /**
   * Reports the start of work; the caller closes the result when the work ends, successfully or
   * not.
   *
   * @param what a few words on the work: "images read"
   * @param total the number of pieces
   */
  Work begin(String what, long total);

  /**
   * Work whose progress is reported.
   *
   * @param piece called after each piece, from any thread
   * @param end called when the work ends
   */
  record Work(Runnable piece, Runnable end) implements AutoCloseable {
    /** Reports that a piece is done. */
    public void done() {
      piece.run();
    }

    @Override
    public void close() {
      end.run();
    }
  }
}
