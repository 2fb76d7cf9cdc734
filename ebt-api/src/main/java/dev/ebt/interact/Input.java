package dev.ebt.interact;

import dev.ebt.error.ReasonText;
import dev.ebt.error.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A user's input: a file, a stream, or bytes and text that a program has already. */
public interface Input {
  /** Returns the name in messages: a path, or a word such as {@code standard input}. */
  String name();

  /**
   * Returns the content.
   *
   * @throws UserException if there is no such file, or it cannot be read
   */
  byte[] bytes();

  /**
   * Returns the content as UTF-8 text.
   *
   * @throws UserException if it cannot be read, or is no UTF-8 text
   */
  default String text() {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes())).toString();
    } catch (CharacterCodingException e) {
      throw new UserException(name() + " is no UTF-8 text", e);
    }
  }

  /** Returns the input from a file, which is read when its content is requested. */
  static Input of(Path file) {
    return new Input() {
      @Override
      public String name() {
        return file.toString();
      }

      @Override
      public byte[] bytes() {
        if (!Files.exists(file)) {
          throw new UserException("no file " + file);
        }
        try {
          return Files.readAllBytes(file);
        } catch (IOException e) {
          throw new UserException("cannot read " + file + ": " + ReasonText.of(e), e);
        }
      }
    };
  }

  /**
   * Returns the input from a stream, which is read to its end when its content is requested: once.
   */
  static Input of(String name, InputStream stream) {
    return new Input() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public byte[] bytes() {
        try {
          return stream.readAllBytes();
        } catch (IOException e) {
          throw new UserException("cannot read " + name + ": " + ReasonText.of(e), e);
        }
      }
    };
  }

  /** Returns the input from a text. */
  static Input of(String name, String text) {
    return new Input() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
      }
    };
  }
}
