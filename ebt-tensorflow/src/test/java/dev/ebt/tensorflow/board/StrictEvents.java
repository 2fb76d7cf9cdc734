package dev.ebt.tensorflow.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;

/**
 * A strict reader of event files, with a CRC of its own: every byte belongs to a record, all sums
 * are right, the first event is the version, and no step is smaller than the one before it.
 */
final class StrictEvents {
  private static final int POLYNOMIAL = 0x82f63b78;

  private StrictEvents() {}

  /** All events of a folder's files but their versions, file after file. */
  static List<Event> inFolder(Path folder) throws IOException {
    List<Event> events = new ArrayList<>();
    for (Path file : EventFile.all(folder)) {
      events.addAll(inFile(file));
    }
    assertThat(events).extracting(Event::getStep).isSorted();
    return events;
  }

  private static List<Event> inFile(Path file) throws IOException {
    List<Event> events = new ArrayList<>();
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      while (in.available() > 0) {
        byte[] length = in.readNBytes(8);
        assertThat(Integer.reverseBytes(in.readInt())).isEqualTo(masked(length));
        byte[] content = in.readNBytes((int) little(length));
        assertThat(content).hasSize((int) little(length));
        assertThat(Integer.reverseBytes(in.readInt())).isEqualTo(masked(content));
        events.add(Event.parseFrom(content));
      }
    }
    assertThat(events.get(0).getFileVersion()).isEqualTo("brain.Event:2");
    assertThat(events).allSatisfy(event -> assertThat(event.getWallTime()).isPositive());
    return events.subList(1, events.size());
  }

  /** The values of all events by the tag. */
  static List<Summary.Value> values(List<Event> events, String tag) {
    return events.stream()
        .flatMap(event -> event.getSummary().getValueList().stream())
        .filter(value -> value.getTag().equals(tag))
        .toList();
  }

  private static long little(byte[] bytes) {
    long value = 0;
    for (int i = bytes.length - 1; i >= 0; i--) {
      value = value << 8 | bytes[i] & 0xff;
    }
    return value;
  }

  /** The sum bit by bit, as the polynomial is defined. */
  private static int masked(byte[] bytes) {
    int crc = -1;
    for (byte each : bytes) {
      crc ^= each & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) != 0 ? crc >>> 1 ^ POLYNOMIAL : crc >>> 1;
      }
    }
    crc = ~crc;
    return (crc >>> 15 | crc << 17) + 0xa282ead8;
  }
}
