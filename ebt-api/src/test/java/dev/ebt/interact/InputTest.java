package dev.ebt.interact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputTest {
  @TempDir Path folder;

  @Test
  void fileStreamAndTextAreReadAlike() throws IOException {
    String text = "x,y\n√2,±1\n";
    Path file = Files.writeString(folder.resolve("points.csv"), text);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

    assertThat(Input.of(file).text()).isEqualTo(text);
    assertThat(Input.of("standard input", new ByteArrayInputStream(bytes)).text()).isEqualTo(text);
    assertThat(Input.of("points", text).bytes()).isEqualTo(bytes);
    assertThat(Input.of(file).name()).isEqualTo(file.toString());
  }

  @Test
  void aTextIsReadAsOftenAsNeeded() {
    Input input = Input.of("points", "4");
    assertThat(input.text()).isEqualTo("4");
    assertThat(input.text()).isEqualTo("4");
    input.bytes()[0] = '5';
    assertThat(input.text()).isEqualTo("4");
  }

  @Test
  void whatCannotBeReadIsNamed() {
    Path missing = folder.resolve("no.csv");
    assertThatThrownBy(() -> Input.of(missing).bytes()).hasMessage("no file " + missing);
    byte[] latin = {(byte) 0xE4};
    assertThatThrownBy(() -> Input.of("a.csv", new ByteArrayInputStream(latin)).text())
        .hasMessage("a.csv is no UTF-8 text");
  }
}
