package dev.ebt.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The metrics of a run, one JSON object per line, each with its {@code step}. */
public final class MetricsLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsLog.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final FileChannel channel;

  private MetricsLog(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Opens a file for appending; creates it if it does not exist. */
  static MetricsLog open(Path file) {
    try {
      return new MetricsLog(
          file,
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.APPEND));
    } catch (IOException e) {
      throw DurableFiles.unwritable(file.toString(), e, "Checkpoints are untouched.");
    }
  }

  /**
   * Opens a file as it was when a checkpoint of this step was saved: lines and partial lines
   * written later are cut off. Damaged lines before are dropped with a warning, since damaged old
   * metrics are no reason not to resume.
   */
  static MetricsLog resume(Path file, long step) {
    try {
      if (Files.exists(file)) {
        MetricsLines lines = MetricsLines.upTo(step, Files.readAllBytes(file));
        if (lines.damaged() > 0) {
          LOG.warn(
              "{}: {} damaged {} dropped; the readable ones are kept",
              file,
              lines.damaged(),
              lines.damaged() == 1 ? "line is" : "lines are");
        }
        if (lines.changed()) {
          DurableFiles.write(file, lines.kept());
        }
      }
    } catch (IOException e) {
      throw DurableFiles.unwritable(file.toString(), e, "It is as it was.");
    }
    return open(file);
  }

  /** Appends a line. When this returns, the line survives the end of the program. */
  public void append(Map<String, ?> metrics) {
    try {
      long before = channel.size();
      ByteBuffer line =
          ByteBuffer.wrap(
              (JSON.writeValueAsString(metrics) + "\n").getBytes(StandardCharsets.UTF_8));
      try {
        while (line.hasRemaining()) {
          channel.write(line);
        }
      } catch (IOException e) {
        channel.truncate(before); // Leave no partial line.
        throw e;
      }
    } catch (IOException e) {
      throw DurableFiles.unwritable(file.toString(), e, "Checkpoints are untouched.");
    }
  }

  /**
   * Forces all lines to disk, so that they survive a power failure; called before a later
   * checkpoint is saved.
   */
  public void sync() {
    try {
      channel.force(true);
    } catch (IOException e) {
      throw DurableFiles.unwritable(file.toString(), e, "Checkpoints are untouched.");
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw DurableFiles.unwritable(file.toString(), e, "Checkpoints are untouched.");
    }
  }
}
