package dev.ebt.store;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** SHA-256 hashes of contents, in hexadecimal. */
public final class Sha256 {
  private Sha256() {}

  /** Returns the hash of a text's UTF-8 bytes. */
  public static String of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the hash of bytes. */
  public static String of(byte[] bytes) {
    return hex(digest().digest(bytes));
  }

  /** Returns the hash of a file's bytes. */
  public static String of(Path file) throws IOException {
    MessageDigest digest = digest();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return hex(digest.digest());
  }

  /** Returns the hash of the names, types, shapes and values of tensors, whatever their order. */
  public static String of(Map<String, Array> tensors) {
    MessageDigest digest = digest();
    new TreeMap<>(tensors)
        .forEach(
            (name, array) -> {
              String heading = name + "\0" + array.type() + "\0" + array.shape() + "\0";
              digest.update(heading.getBytes(StandardCharsets.UTF_8));
              int elements = array.shape().elements();
              ByteBuffer value = ByteBuffer.allocate(Long.BYTES);
              for (int i = 0; i < elements; i++) {
                value.clear();
                value.putLong(
                    array.type() == ElementType.INTEGER
                        ? array.longs()[i]
                        : Double.doubleToLongBits(array.real(i)));
                digest.update(value.array());
              }
            });
    return hex(digest.digest());
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
