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

class ReasonTextTest {
  /** Something to read JSON into. */
  record Settings(int width, String name, List<Map<String, JsonNode>> rows) {}

  @Test
  void filesAreToldInWords() {
    assertThat(ReasonText.of(new AccessDeniedException("x"))).isEqualTo("no permission");
    assertThat(ReasonText.of(new NoSuchFileException("x"))).isEqualTo("no such file");
    assertThat(ReasonText.of(new FileSystemException("x", null, "No space left on device")))
        .isEqualTo("No space left on device");
    assertThat(ReasonText.of(new UncheckedIOException(new NoSuchFileException("x"))))
        .isEqualTo("no such file");
  }

  @Test
  void nothingIsEverToldAsNull() {
    assertThat(ReasonText.of(new EOFException())).isEqualTo("unexpected end");
    assertThat(ReasonText.of(new BufferUnderflowException())).isEqualTo("buffer underflow");
    assertThat(ReasonText.of(new IOException(null, new IOException("disk on fire"))))
        .isEqualTo("disk on fire");
    assertThat(ReasonText.of(new IOException("null"))).isEqualTo("io");
  }

  @Test
  void classesAreToldWithoutTheirPackages() {
    assertThat(ReasonText.of(new IOException("bad com.fasterxml.jackson.databind.JsonNode at 3")))
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

    assertThat(ReasonText.of(problem))
        .doesNotContain("com.fasterxml", "dev.ebt", "java.", "JsonToken", "Source:", "\n")
        .isNotBlank();
  }
}
