package dev.ebt.bench.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LivePageTest {
  private final AtomicLong clock = new AtomicLong();
  private final AtomicInteger written = new AtomicInteger();

  private static void await(LivePage page, long version) throws InterruptedException {
    while (page.page().version() < version) {
      Thread.sleep(1);
    }
  }

  @Test
  void thePageIsWrittenWhenSomethingHasChanged() throws InterruptedException {
    try (LivePage page = new LivePage("first", () -> "page " + written.incrementAndGet())) {
      assertThat(page.page().html()).isEqualTo("first");
      page.changed();
      await(page, 1);
      assertThat(page.page().html()).isEqualTo("page 1");
    }
    assertThat(written).hasValue(1);
  }

  @Test
  void itPausesForFourTimesAsLongAsWritingTook() throws InterruptedException {
    CountDownLatch second = new CountDownLatch(2);
    try (LivePage page =
        new LivePage(
            "first",
            () -> {
              clock.addAndGet(10_000);
              second.countDown();
              return "page " + written.incrementAndGet();
            },
            clock::get)) {
      page.changed();
      await(page, 1);
      page.changed();
      clock.addAndGet(39_999);
      page.changed();
      Thread.sleep(20);
      assertThat(written).hasValue(1);
      clock.addAndGet(1);
      page.changed();
      second.await();
      await(page, 2);
      assertThat(page.page().html()).isEqualTo("page 2");
    }
  }

  @Test
  void whatCannotBeShownIsSaidOnThePage() throws InterruptedException {
    try (LivePage page =
        new LivePage(
            "first",
            () -> {
              throw new UserException("no <b>run</b> & nothing");
            })) {
      page.changed();
      await(page, 1);
      assertThat(page.page().html()).contains("<bdi>no &lt;b&gt;run&lt;/b&gt; &amp; nothing</bdi>");
    }
  }

  @Test
  void aFaultOfTheWriterIsThrownWhenThePageIsClosed() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    LivePage page =
        new LivePage(
            "first",
            () -> {
              begun.countDown();
              throw new IllegalStateException("fault");
            });
    page.changed();
    begun.await();
    assertThatThrownBy(page::close).hasMessage("fault");
    assertThat(page.page().html()).contains("an internal error", "IllegalStateException: fault");
  }

  @Test
  void aPageIsWrittenAfterOneThatFailed() throws InterruptedException {
    try (LivePage page =
        new LivePage(
            "first",
            () -> {
              clock.addAndGet(10_000);
              if (written.incrementAndGet() == 1) {
                throw new IllegalStateException("fault");
              }
              return "page";
            },
            clock::get)) {
      page.changed();
      await(page, 1);
      clock.addAndGet(40_000);
      page.changed();
      await(page, 2);
      assertThat(page.page().html()).isEqualTo("page");
    }
  }
}
