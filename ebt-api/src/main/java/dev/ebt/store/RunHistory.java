package dev.ebt.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The record of the trainings of a run in {@code history.jsonl}: a line when one begins or resumes,
 * a line for each warning of a monitor, and a line when it ends. The last line of a training that
 * was killed is its beginning or a warning.
 */
public final class RunHistory {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EVENT = "event";
  private static final String BEGIN = "begin";
  private static final String END = "end";
  private static final String WARNING = "warning";

  private final Path file;

  RunHistory(Path file) {
    this.file = file;
  }

  /**
   * The end of a training.
   *
   * @param step the updates that are done and saved
   * @param how a word: {@code complete}, {@code monitor}, {@code time-limit}, {@code stopped} or
   *     {@code failed}
   * @param reason the reason of the monitor or failure; empty otherwise
   */
  public record End(long step, String how, String reason) {}

  /**
   * Appends the beginning of a training.
   *
   * @param step the updates done before
   * @param provenance what the training depends on, by name
   */
  public void begin(long step, Map<String, ?> provenance) {
    Map<String, Object> line = line(BEGIN, step);
    line.putAll(provenance);
    append(line);
  }

  /**
   * Appends a warning of a monitor.
   *
   * @param step the updates done
   * @param warning its sentences by name: {@code monitor}, {@code found}, {@code meaning}, {@code
   *     advice} and {@code action}
   */
  public void warning(long step, Map<String, String> warning) {
    Map<String, Object> line = line(WARNING, step);
    line.putAll(warning);
    append(line);
  }

  /** Returns the lines of warnings, the oldest first. */
  public List<Map<String, Object>> warnings() {
    return lines().stream().filter(line -> WARNING.equals(line.get(EVENT))).toList();
  }

  /** Appends the end of a training. */
  public void end(End end) {
    Map<String, Object> line = line(END, end.step);
    line.put("how", end.how);
    line.put("reason", end.reason);
    append(line);
  }

  private static Map<String, Object> line(String event, long step) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put(EVENT, event);
    line.put("step", step);
    line.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    return line;
  }

  /** Appends a line, behind the end of one that a killed program left incomplete. */
  private void append(Map<String, Object> line) {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ)) {
      long size = channel.size();
      ByteBuffer last = ByteBuffer.allocate(1);
      boolean torn = size > 0 && channel.read(last, size - 1) == 1 && last.get(0) != '\n';
      String text = (torn ? "\n" : "") + JSON.writeValueAsString(line) + "\n";
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      channel.position(size);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } catch (IOException e) {
      throw DurableFiles.unwritable(file.toString(), e, "Checkpoints are untouched.");
    }
  }

  /** Returns the lines, the oldest first; none for a run of an older version. */
  public List<Map<String, Object>> lines() {
    return JsonLinesTail.all(file);
  }

  /** Returns the lines of beginnings with all that was recorded, the oldest first. */
  public List<Map<String, Object>> beginnings() {
    return lines().stream().filter(line -> BEGIN.equals(line.get(EVENT))).toList();
  }

  /** Returns how the last training ended; empty if it is in progress, was killed or is unknown. */
  public Optional<End> lastEnd() {
    List<Map<String, Object>> lines = lines();
    if (lines.isEmpty() || !END.equals(lines.get(lines.size() - 1).get(EVENT))) {
      return Optional.empty();
    }
    Map<String, Object> line = lines.get(lines.size() - 1);
    return line.get("step") instanceof Number step
            && line.get("how") instanceof String how
            && line.get("reason") instanceof String reason
        ? Optional.of(new End(step.longValue(), how, reason))
        : Optional.empty();
  }
}
