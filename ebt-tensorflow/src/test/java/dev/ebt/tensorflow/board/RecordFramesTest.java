package dev.ebt.tensorflow.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RecordFramesTest {
  private static final byte[] DIGITS = "123456789".getBytes(StandardCharsets.US_ASCII);

  private static ByteBuffer read(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] frame() {
    return Arrays.copyOf(RecordFrames.framed(DIGITS).array(), 8 + 4 + 9 + 4);
  }

  @Test
  void theMaskedSumIsThatOfThePublishedCheckValue() {
    // CRC-32C of these digits is 0xe3069283 by its definition; rotated by 15 and with the constant.
    assertThat(RecordFrames.maskedCrc(DIGITS, 0, DIGITS.length)).isEqualTo(0xc78ab0e5);
  }

  @Test
  void aRecordIsReadAsItWasWritten() {
    ByteBuffer bytes = read(frame());
    assertThat(RecordFrames.next(bytes)).hasValue(DIGITS);
    assertThat(bytes.hasRemaining()).isFalse();
    assertThat(RecordFrames.next(bytes)).isEmpty();
  }

  @Test
  void noChangedBitAndNoMissingByteGoesUnseen() {
    for (int bit = 0; bit < frame().length * 8; bit++) {
      byte[] changed = frame();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(RecordFrames.next(read(changed))).as("bit %d", bit).isEmpty();
    }
    for (int length = 0; length < frame().length; length++) {
      ByteBuffer bytes = read(Arrays.copyOf(frame(), length));
      assertThat(RecordFrames.next(bytes)).as("%d bytes", length).isEmpty();
      assertThat(bytes.position()).isZero();
    }
  }
}
