package dev.ebt.bench.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConsoleTerminalTest {
  @Test
  void colorsNeedATerminalThatUnderstandsThemAndNoOneWhoDeclines() {
    assertThat(ConsoleTerminal.showsColors(Map.of("TERM", "xterm-256color"))).isTrue();
    assertThat(ConsoleTerminal.showsColors(Map.of("TERM", "xterm", "NO_COLOR", ""))).isTrue();
    assertThat(ConsoleTerminal.showsColors(Map.of("TERM", "xterm", "NO_COLOR", "1"))).isFalse();
    assertThat(ConsoleTerminal.showsColors(Map.of("TERM", "dumb"))).isFalse();
    assertThat(ConsoleTerminal.showsColors(Map.of())).isFalse();
  }

  @Test
  void personIsAskedOnlyIfInputAndOutputAreATerminal() {
    assertThat(terminal(Optional.of(true), true).isInteractive()).isTrue();
    assertThat(terminal(Optional.of(true), false).isInteractive()).isFalse();
    assertThat(terminal(Optional.of(false), true).isInteractive()).isFalse();
    assertThat(ConsoleTerminal.none().isInteractive()).isFalse();
  }

  @Test
  void unknownInputIsNotTakenForAPipe() {
    assertThat(terminal(Optional.of(false), false).inputIsRedirected()).isTrue();
    assertThat(ConsoleTerminal.none().inputIsRedirected()).isFalse();
  }

  private static ConsoleTerminal terminal(Optional<Boolean> input, boolean output) {
    return new ConsoleTerminal(input, output, 80, null);
  }
}
