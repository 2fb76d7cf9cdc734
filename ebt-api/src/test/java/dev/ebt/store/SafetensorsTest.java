package dev.ebt.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.ebt.error.UserException;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
  @TempDir Path folder;

  private static String refusal(Path file) {
    return catchThrowableOfType(UserException.class, () -> Safetensors.read(file)).getMessage();
  }

  private Path file(String header, byte... data) throws IOException {
    return file(header.getBytes(StandardCharsets.UTF_8), data);
  }

  private Path file(byte[] header, byte... data) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).array());
    bytes.write(header);
    bytes.write(data);
    return Files.write(folder.resolve("x.safetensors"), bytes.toByteArray());
  }

  @Test
  void every16BitNumberIsWrittenAsItself() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float value = Dtype.half((short) bits);
      if (!Float.isNaN(value)) {
        assertThat(Dtype.half(value)).isEqualTo((short) bits);
      }
    }
    assertThat(Dtype.half(Dtype.half(Float.NaN))).isNaN();
  }

  @ParameterizedTest
  @CsvSource({
    "1.0004883, 1",
    "1.0004884, 1.0009766",
    "1.0014648, 1.0019531",
    "2.98e-8, 0",
    "2.99e-8, 5.9604645e-8",
    "65519, 65504",
    "-0.1, -0.099975586"
  })
  void aNumberIsRoundedToTheNearest16BitOne(float value, float expected) {
    assertThat(Dtype.half(Dtype.half(value))).isEqualTo(expected);
  }

  @Test
  void realNumbersAreWrittenWith16BitsAndWholeOnesAreNot() {
    Path file = folder.resolve("x.safetensors");
    Map<String, Array> tensors = new LinkedHashMap<>();
    tensors.put("count", Array.scalar(100_001L));
    tensors.put("weight", Array.of(Shape.of(2), 0.5, Double.NEGATIVE_INFINITY));

    new Safetensors(tensors, Map.of()).writeHalf(file);

    assertThat(Safetensors.read(file).tensors()).isEqualTo(tensors);
    assertThat(file.toFile().length()).isLessThan(200);
    tensors.put("large", Array.scalar(65_520.0));
    assertThatThrownBy(() -> new Safetensors(tensors, Map.of()).writeHalf(file))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("tensor large has the number 65520.0, and 16-bit");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void readsWhatItWrote(long seed) {
    Random random = new Random(seed);
    Map<String, Array> tensors = new LinkedHashMap<>();
    int count = random.nextInt(6);
    for (int i = 0; i < count; i++) {
      int[] sizes = random.ints(random.nextInt(4), 0, seed == 1 ? 60 : 7).toArray();
      Shape shape = Shape.of(sizes);
      int kind = random.nextInt(3);
      tensors.put(
          "t\u00e9nsor \"" + i + "\"",
          switch (kind) {
            case 0 -> Array.of(shape, random.longs(shape.elements()).toArray());
            case 1 -> Array.of(shape, random.doubles(shape.elements()).toArray());
            default -> {
              float[] values = new float[shape.elements()];
              for (int j = 0; j < values.length; j++) {
                values[j] = Float.intBitsToFloat(random.nextInt());
              }
              yield Array.of(shape, values);
            }
          });
    }
    Safetensors content = new Safetensors(tensors, Map.of("note", "line\nline"));
    Path file = folder.resolve("x.safetensors");

    content.write(file);

    assertThat(Safetensors.read(file)).isEqualTo(content);
    assertThat(folder.toFile().list()).containsExactly("x.safetensors");
  }

  @Test
  void keepsChunksInOrder() {
    float[] values = new float[100_003];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    Safetensors content =
        new Safetensors(Map.of("a", Array.of(Shape.of(100_003), values)), Map.of());

    content.write(folder.resolve("x"));

    assertThat(Safetensors.read(folder.resolve("x"))).isEqualTo(content);
  }

  @Test
  void writesSinglePrecisionWhereThatKeepsEveryDigit() throws IOException {
    Path file = folder.resolve("x");

    new Safetensors(Map.of("a", Array.of(Shape.of(2), 0.5, Double.NaN)), Map.of()).write(file);
    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).contains("\"F32\"");
    new Safetensors(Map.of("a", Array.of(Shape.of(2), 0.5, 0.1)), Map.of()).write(file);
    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).contains("\"F64\"");
  }

  @Test
  void alignsTheDataToEightBytes() throws IOException {
    Path file = folder.resolve("x");
    Map<String, Array> tensors = new LinkedHashMap<>();
    tensors.put("odd", Array.of(Shape.of(1), 1f));
    tensors.put("wide", Array.of(Shape.of(1), 1L));

    new Safetensors(tensors, Map.of()).write(file);

    byte[] bytes = Files.readAllBytes(file);
    assertThat(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong() % 8).isZero();
    assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
        .contains("\"wide\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}");
  }

  @ParameterizedTest
  @CsvSource({
    "F16, 0, 0",
    "F16, 1, 5.9604645E-8",
    "F16, 1024, 6.1035156E-5",
    "F16, 15360, 1",
    "F16, -17408, -1",
    "F16, 31743, 65504",
    "F16, 31744, Infinity",
    "F16, -1024, -Infinity",
    "F16, 31745, NaN",
    "F16, 13653, 0.33325195",
    "BF16, 16256, 1",
    "BF16, -16512, -1",
    "BF16, 16457, 3.140625",
  })
  void readsShortReals(String type, short bits, float expected) throws IOException {
    Path file =
        file(
            "{\"a\":{\"dtype\":\"" + type + "\",\"shape\":[],\"data_offsets\":[0,2]}}",
            (byte) bits,
            (byte) (bits >> 8));

    assertThat(Safetensors.read(file).tensors())
        .containsEntry("a", Array.of(Shape.scalar(), expected));
  }

  @ParameterizedTest
  @CsvSource({"I32, 4, -2", "I16, 2, -2", "I8, 1, -2", "U8, 1, 254", "BOOL, 1, 254", "I64, 8, -2"})
  void readsWholeNumbersOfAnyWidth(String type, int bytes, long expected) throws IOException {
    byte[] data = new byte[bytes];
    java.util.Arrays.fill(data, (byte) 255);
    data[0] = (byte) 254;
    Path file =
        file(
            String.format(
                Locale.ROOT,
                "{\"a\":{\"dtype\":\"%s\",\"shape\":[],\"data_offsets\":[0,%d]}}",
                type,
                bytes),
            data);

    assertThat(Safetensors.read(file).tensors()).containsEntry("a", Array.scalar(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
"""
[]                                                                          | is not a safetensors file: its header is not a JSON object
{"a":1                                                                      | is not a safetensors file: its header is not JSON:
{} {}                                                                       | is not a safetensors file: its header is not JSON:
{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{}}               | is not a safetensors file: its header is not JSON: Duplicate field 'a'
{"a":{"dtype":"F31","shape":[2],"data_offsets":[0,8]}}                      | : tensor 'a' has the type "F31"; one of [F64, F32, F16, BF16, I64, I32, I16, I8, U8, BOOL] expected
{"a":{"shape":[2],"data_offsets":[0,8]}}                                    | : tensor 'a' has the type ; one of
{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}                     | : tensor 'a' has the shape [-2]; a list of whole numbers from 0 expected
{"a":{"dtype":"F32","shape":2,"data_offsets":[0,8]}}                        | : tensor 'a' has the shape 2; a list of whole numbers from 0 expected
{"a":{"dtype":"F32","shape":[65536,65536],"data_offsets":[0,8]}}            | : tensor 'a' has the shape [65536, 65536]; at most 2147483647 elements expected
{"a":{"dtype":"F32","shape":[9000000000000000000,0],"data_offsets":[0,0]}}  | : tensor 'a' has the shape [9000000000000000000, 0]; at most 2147483647 elements expected
{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}                      | : tensor 'a' has 8 bytes; its shape [3] of F32 needs 12
{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}                      | : tensor 'a' has the data_offsets [8,0]; a start and an end expected
{"a":{"dtype":"F32","shape":[2],"data_offsets":[8]}}                        | : tensor 'a' has the data_offsets [8]; a start and an end expected
{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8.5]}}                    | : tensor 'a' has the data_offsets [0,8.5]; a list of whole numbers from 0 expected
{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}                      | : tensor 'a' starts at byte 4 of the data; 0 expected, where the one before it ends
{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | : tensor 'b' starts at byte 4 of the data; 8 expected, where the one before it ends
{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}                      | has 4 bytes after its last tensor; none expected
{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}                     | is cut off: 8 bytes of data found, 16 expected
{"__metadata__":{"a":1}}                                                    | : __metadata__.a is 1; a text expected
{"__metadata__":[]}                                                         | : __metadata__ is []; a mapping of texts expected
""")
  void namesTheFileTheTensorAndWhatIsWrong(String header, String message) throws IOException {
    Path file = file(header, new byte[8]);

    assertThat(refusal(file).replace(file + " ", "").replace(file.toString(), ""))
        .startsWith(message);
  }

  @Test
  void refusesWhatIsNoSuchFile() throws IOException {
    Path short7 = Files.write(folder.resolve("short"), new byte[7]);
    Path foreign = Files.writeString(folder.resolve("foreign"), "PK and so on, a zip perhaps");
    Path cut = Files.write(folder.resolve("cut"), new byte[] {99, 0, 0, 0, 0, 0, 0, 0, '{', '}'});
    Path latin = file(new byte[] {'{', '"', (byte) 0xe9, '"'});

    assertThat(refusal(short7))
        .isEqualTo(short7 + " is not a safetensors file: it has 7 bytes; 8 or more expected");
    assertThat(refusal(foreign))
        .startsWith(foreign + " is not a safetensors file: its first 8 bytes promise a header of ")
        .endsWith(" bytes; 2 to 100000000 expected");
    assertThat(refusal(cut))
        .isEqualTo(
            cut
                + " is truncated or not a safetensors file: 2 bytes found after the header's length, 99"
                + " expected for the header alone");
    assertThat(refusal(latin))
        .isEqualTo(latin + " is not a safetensors file: its header is not UTF-8 text");
    assertThat(refusal(folder.resolve("none")))
        .isEqualTo(folder.resolve("none") + ": no such file");
    assertThat(refusal(folder)).startsWith(folder + " cannot be read: ");
  }

  @Test
  void survivesAnyChangedByteAndAnyCut() throws IOException {
    Path file = folder.resolve("x");
    new Safetensors(
            Map.of("ab", Array.of(Shape.of(2, 1), 1f, 2f), "n", Array.scalar(3L)), Map.of("k", "v"))
        .write(file);
    byte[] good = Files.readAllBytes(file);
    int refused = 0;
    for (int at = 0; at < good.length; at++) {
      for (int change : new int[] {1, 2, 16, 32, 128, 255}) {
        byte[] bad = good.clone();
        bad[at] ^= (byte) change;
        Files.write(file, bad);
        try {
          Safetensors.read(file);
        } catch (UserException e) {
          refused++;
        }
      }
    }
    assertThat(refused).isGreaterThan(good.length * 3);
    for (int length = 0; length < good.length; length++) {
      Files.write(file, java.util.Arrays.copyOf(good, length));
      assertThat(refusal(file)).contains(file.toString());
    }
  }

  @Test
  void leavesTheOldFileWhenTheDiskIsFull() throws IOException {
    Configuration tiny = Configuration.unix().toBuilder().setMaxSize(64 * 1024).build();
    try (FileSystem disk = Jimfs.newFileSystem(tiny)) {
      Path file = Files.createDirectory(disk.getPath("/disk")).resolve("x.safetensors");
      Safetensors old = new Safetensors(Map.of("a", Array.scalar(1L)), Map.of());
      old.write(file);

      Safetensors large = new Safetensors(Map.of("a", Array.filled(Shape.of(50_000), 1)), Map.of());
      UserException told = catchThrowableOfType(UserException.class, () -> large.write(file));

      assertThat(told)
          .hasMessage(
              "/disk/x.safetensors cannot be written: out of disk space."
                  + " What was there before is untouched.");
      assertThat(Safetensors.read(file)).isEqualTo(old);
      try (Stream<Path> files = Files.list(file.getParent())) {
        assertThat(files).containsExactly(file);
      }
    }
  }

  @Test
  void leavesTheOldFileWhenTheWriterIsInterrupted() throws IOException {
    Path file = Files.writeString(folder.resolve("x"), "old");

    RuntimeException told =
        catchThrowableOfType(
            RuntimeException.class,
            () ->
                DurableFiles.write(
                    file,
                    out -> {
                      out.write(1);
                      throw new IllegalStateException("stop");
                    }));

    assertThat(told).hasMessage("stop");
    assertThat(file).hasContent("old");
    assertThat(List.of(folder.toFile().list())).containsExactly("x");
  }
}
