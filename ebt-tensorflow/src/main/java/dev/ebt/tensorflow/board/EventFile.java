package dev.ebt.tensorflow.board;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.ebt.error.ReasonText;
import dev.ebt.error.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.SessionLog;

/**
 * An event file of TensorBoard, with events in the order of their steps. Each training of a run
 * writes a file of its own, whose name sorts after those before it. A training that resumes cuts
 * off what the files before it have of later steps; its file also says where it begins, by which a
 * TensorBoard that is running forgets them.
 */
final class EventFile implements AutoCloseable {
  private static final String PREFIX = "events.out.tfevents.";
  private static final String SUFFIX = ".ebt";
  private static final String VERSION = "brain.Event:2";

  private final Path file;
  private final FileChannel channel;

  private EventFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Begins a file.
   *
   * @param done the last step whose events are kept
   * @param seconds the time of day, since 1970
   * @throws UserException if the folder cannot be written
   */
  static EventFile begin(Path folder, long done, double seconds) {
    try {
      long time = (long) seconds;
      for (Path before : all(folder)) {
        cut(before, done);
        time = Math.max(time, time(before) + 1);
      }
      Path file = folder.resolve(String.format(Locale.ROOT, "%s%010d%s", PREFIX, time, SUFFIX));
      EventFile events =
          new EventFile(
              file,
              FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
      events.add(Event.newBuilder().setFileVersion(VERSION), done, seconds);
      if (done > 0) {
        SessionLog.Builder log = SessionLog.newBuilder().setStatus(SessionLog.SessionStatus.START);
        events.add(Event.newBuilder().setSessionLog(log), done + 1, seconds);
      }
      return events;
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  /** Returns the event files of a folder in their order. */
  static List<Path> all(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(EventFile::isOurs).sorted().toList();
    }
  }

  private static boolean isOurs(Path file) {
    return file.getFileName().toString().matches("events\\.out\\.tfevents\\.[0-9]{10}\\.ebt");
  }

  private static long time(Path file) {
    String name = file.getFileName().toString();
    return Long.parseLong(name.substring(PREFIX.length(), name.length() - SUFFIX.length()));
  }

  /** Cuts a file before its first event of a later step, or before a damaged one. */
  private static void cut(Path file, long done) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int kept = 0;
    Optional<byte[]> record = RecordFrames.next(bytes);
    while (record.isPresent() && step(record.get()) <= done) {
      kept = bytes.position();
      record = RecordFrames.next(bytes);
    }
    if (kept < bytes.limit()) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(kept);
      }
    }
  }

  private static long step(byte[] record) {
    try {
      return Event.parseFrom(record).getStep();
    } catch (InvalidProtocolBufferException e) {
      return Long.MAX_VALUE; // Of another program: nothing behind it is kept.
    }
  }

  /**
   * Appends an event, so that TensorBoard sees it.
   *
   * @param seconds the time of day, since 1970
   */
  void add(Event.Builder event, long step, double seconds) {
    ByteBuffer frame =
        RecordFrames.framed(event.setStep(step).setWallTime(seconds).build().toByteArray());
    try {
      while (frame.hasRemaining()) {
        channel.write(frame);
      }
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static UserException unwritable(Path path, IOException e) {
    return new UserException(
        path
            + " cannot be written for TensorBoard: "
            + ReasonText.of(e)
            + ". Checkpoints are untouched; without the monitor 'tensorboard' the training goes on",
        e);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }
}
