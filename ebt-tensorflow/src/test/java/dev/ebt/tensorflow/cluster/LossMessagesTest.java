package dev.ebt.tensorflow.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_CANCELLED;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DEADLINE_EXCEEDED;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_INTERNAL;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_UNAVAILABLE;

import dev.ebt.backend.Cluster;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LossMessagesTest {
  private static final Duration LIMIT = Duration.ofSeconds(8);
  private static final String REMOTE =
      "Additional GRPC error information from remote target /job:worker/replica:0/task:1 while"
          + " calling /tensorflow.WorkerService/RecvBuf";

  private static String message(int size, int code, String text) {
    List<String> addresses = List.of("a:1", "b:2", "c:3").subList(0, size);
    LossMessages messages = new LossMessages(new Cluster(addresses, 0, LIMIT));
    return String.valueOf(messages.of(new CollectiveException(code, text), LIMIT).getMessage());
  }

  @Test
  void aBrokenCallToAProcessIsItsEnd() {
    assertThat(message(3, TF_UNAVAILABLE, "Socket closed\n" + REMOTE))
        .isEqualTo("process 1 (b:2) has ended, or its connection is broken");
  }

  @Test
  void aCallThatIsCancelledMayHaveTakenTooLong() {
    assertThat(message(3, TF_CANCELLED, "Cancelled\n" + REMOTE))
        .isEqualTo("process 1 (b:2) did not answer within 8 s, or has ended");
  }

  @Test
  void ofTwoProcessesTheOtherOneDidNotAnswer() {
    assertThat(message(2, TF_DEADLINE_EXCEEDED, "Collective has timed out"))
        .isEqualTo("process 1 (b:2) did not answer within 8 s");
    assertThat(message(3, TF_DEADLINE_EXCEEDED, "Collective has timed out"))
        .isEqualTo("another process did not answer within 8 s");
  }

  @Test
  void whateverElseFailsIsReportedAsItIs() {
    assertThat(message(3, TF_INTERNAL, "shapes differ"))
        .isEqualTo("the processes cannot go on together: shapes differ");
  }
}
