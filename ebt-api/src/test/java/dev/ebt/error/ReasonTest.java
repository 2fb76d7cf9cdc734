package dev.ebt.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReasonTest {
  /** Something to read JSON into. */
  record Settings(int width, String name, List<Map<String, JsonNode>> rows) {}

  @Test
  void filesAreToldInWords() {
    assertThat(Reason.of(new AccessDeniedException("x"))).isEqualTo("no permission");
    assertThat(Reason.of(new NoSuchFileException("x"))).isEqualTo("there is no such file");
    assertThat(Reason.of(new FileSystemException("x", null, "No space left on device")))
        .isEqualTo("No space left on device");
    assertThat(Reason.of(new UncheckedIOException(new NoSuchFileException("x"))))
        .isEqualTo("there is no such file");
  }

  @Test
  void nothingIsEverToldAsNull() {
    assertThat(Reason.of(new EOFException())).isEqualTo("unexpected end");
    assertThat(Reason.of(new BufferUnderflowException())).isEqualTo("buffer underflow");
    assertThat(Reason.of(new IOException(null, new IOException("disk on fire"))))
        .isEqualTo("disk on fire");
    assertThat(Reason.of(new IOException("null"))).isEqualTo("io");
  }

  @Test
  void classesAreToldWithoutTheirPackages() {
    assertThat(Reason.of(new IOException("bad com.fasterxml.jackson.databind.JsonNode at 3")))
        .isEqualTo("bad JsonNode at 3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"width\":[1]}",
        "{\"width\":{}}",
        "{\"width\":\"a\"}",
        "{\"name\":[]}",
        "{\"rows\":3}",
        "{\"rows\":[1]}",
        "[]",
        "{\"width\":",
        "{\"width\" 3}",
        "{\"heigth\":3}",
        "nope"
      })
  void jsonIsToldWithoutTheInsidesOfItsReader(String json) {
    Throwable problem = catchThrowable(() -> new ObjectMapper().readValue(json, Settings.class));

    assertThat(Reason.of(problem))
        .doesNotContain("com.fasterxml", "dev.ebt", "java.", "JsonToken", "Source:", "\n")
        .isNotBlank();
  }
}
