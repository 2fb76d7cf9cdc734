package dev.ebt.bench.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ebt.bench.BoundedWait;
import dev.ebt.report.Axis;
import dev.ebt.report.CellMap;
import dev.ebt.report.Chart;
import dev.ebt.report.HeatMap;
import dev.ebt.report.Report;
import dev.ebt.report.ReportTable;
import dev.ebt.report.SectionContent;
import dev.ebt.report.Series;
import dev.ebt.report.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The page of a report in a headless Chromium; skipped where there is none. */
class ReportInBrowserTest {
  private static final List<Path> BROWSERS =
      Stream.of("/usr/bin/chromium", "/usr/bin/google-chrome").map(Path::of).toList();
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final int CELLS = 40;

  @TempDir static Path folder;
  private static ChromeDriver browser;
  private static String address;

  @BeforeAll
  static void open() throws IOException {
    Optional<Path> found = BROWSERS.stream().filter(Files::isExecutable).findFirst();
    assumeTrue(
        found.isPresent() && Files.isExecutable(DRIVER),
        "no browser: install chromium and chromium-driver to test the page of ebt report");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(found.get().toFile());
    options.addArguments(
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    browser =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .build(),
            options);
    browser.manage().timeouts().pageLoadTimeout(Duration.ofMinutes(2));
    Path page = Files.writeString(folder.resolve("report.html"), ReportPage.html(report()));
    address = page.toUri().toString();
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.quit();
    }
  }

  @BeforeEach
  void load() {
    browser.executeCdpCommand(
        "Emulation.setEmulatedMedia", Map.of("media", "", "features", List.of()));
    browser.manage().window().setSize(new Dimension(1200, 900));
    browser.get(address);
  }

  private static Report report() {
    double[] x = {0, 1, 2, 3};
    double[] y = {4, 2, 1.5, 1.4};
    Chart chart =
        new Chart(
            "loss",
            "Loss",
            "Lower.",
            Axis.of("steps"),
            Axis.of("loss"),
            List.of(Series.marked("a", x, y), Series.line("b", y, x)));
    HeatMap map =
        new HeatMap(
            "Energy",
            "Dark is low.",
            Axis.of("first"),
            Axis.of("second"),
            x,
            y,
            new double[][] {{1, 2, 3, 4}, {2, 3, 4, 5}, {3, 4, 5, 6}, {4, 5, 6, 7}},
            Axis.of("energy"),
            List.of(Series.marked("thinking", x, y)));
    CellMap cells =
        new CellMap(
            "Tokens",
            "",
            List.of(Axis.of("loss"), Axis.of("energy")),
            0,
            IntStream.range(0, CELLS)
                .mapToObj(
                    i ->
                        new CellMap.Cell(
                            "t" + i,
                            List.of(i % 7.0, i % 5.0),
                            List.of(3.0, 1.0),
                            List.of(new CellMap.Fact("number", String.valueOf(i))),
                            List.of(new CellMap.Alternative("other" + i, 0.25, false))))
                .toList());
    String wide = "x".repeat(300);
    ReportTable table =
        new ReportTable("Facts", "", List.of("", "value"), List.of(List.of("long", wide)));
    SectionContent content =
        SectionContent.of(Verdict.good("It is " + wide + "."), chart, map, cells, table);
    Report.Run run = new Report.Run(Path.of("run"), "run", Map.of("path", wide), "");
    return new Report(
        List.of(run),
        List.of(
            new Report.Section(
                "some", "Is it?", List.of(new Report.Part("run", Optional.of(content), "")))));
  }

  private static Object script(String code, Object... arguments) {
    return ((JavascriptExecutor) browser).executeScript(code, arguments);
  }

  /** Waits until the page has seen what changed outside of it. */
  private static void frame() {
    ((JavascriptExecutor) browser)
        .executeAsyncScript(
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(done));");
  }

  private static String background() {
    return (String) script("return getComputedStyle(document.body).backgroundColor");
  }

  @Test
  void everyChartIsDrawnWithoutAnErrorOrARequest() {
    List<WebElement> charts = browser.findElements(By.cssSelector(".chart"));
    assertThat(charts).hasSize(2);
    assertThat(charts)
        .allSatisfy(
            chart -> assertThat(chart.findElements(By.cssSelector("svg path"))).isNotEmpty());
    assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
    assertThat(browser.manage().logs().get(LogType.PERFORMANCE).getAll())
        .extracting(entry -> entry.getMessage())
        .filteredOn(message -> message.contains("\"Network.requestWillBeSent\""))
        .allMatch(
            message -> message.contains("\"url\":\"file:") || message.contains("\"url\":\"data:"));
  }

  @Test
  void cellsShowTheirDetailsByKeyboardAndByMouse() throws Exception {
    List<WebElement> cells = browser.findElements(By.cssSelector(".cell"));
    WebElement detail = browser.findElement(By.cssSelector(".detail"));
    assertThat(browser.findElements(By.cssSelector(".cell[tabindex='0']"))).hasSize(1);
    assertThat(detail.getText()).contains("t6");
    WebElement first = browser.findElement(By.cssSelector(".cell[tabindex='0']"));
    first.sendKeys(Keys.HOME);
    assertThat(detail.getText()).contains("t0", "other0", "25.0 %", "3 → 1");
    browser.switchTo().activeElement().sendKeys(Keys.ARROW_RIGHT);
    browser.switchTo().activeElement().sendKeys(Keys.ARROW_RIGHT);
    assertThat(detail.getText()).contains("t2");
    assertThat(cells.get(2).getDomAttribute("aria-selected")).isEqualTo("true");
    browser.switchTo().activeElement().sendKeys(Keys.END);
    assertThat(detail.getText()).contains("t39");
    // The browser may scroll while the pointer moves, and then it enters no cell: it comes again.
    WebElement title = browser.findElement(By.tagName("h1"));
    BoundedWait.until(
        () -> {
          new Actions(browser).moveToElement(title).moveToElement(cells.get(5)).perform();
          return detail.getText().startsWith("t5\n");
        });
    cells.get(8).click();
    assertThat(detail.getText()).contains("t8");
  }

  @Test
  void coloursOfCellsShowTheValueThatIsChosen() {
    List<WebElement> cells = browser.findElements(By.cssSelector(".cell"));
    WebElement scale = browser.findElement(By.cssSelector(".scale"));
    assertThat(cells.get(6).getDomAttribute("class")).isEqualTo("cell l6");
    assertThat(scale.getText()).startsWith("loss: 0").endsWith("6");
    WebElement energy = browser.findElements(By.cssSelector(".switch label")).get(1);
    assertThat(energy.getText()).isEqualTo("energy");
    script("arguments[0].click()", energy); // The pointer would wait for scrolling to end.
    assertThat(cells.get(6).getDomAttribute("class")).isEqualTo("cell l1");
    assertThat(scale.getText()).startsWith("energy: 0").endsWith("4");
    energy.findElement(By.tagName("input")).sendKeys(Keys.ARROW_LEFT);
    assertThat(cells.get(6).getDomAttribute("class")).isEqualTo("cell l6");
  }

  @Test
  void numbersOfAChartAreATableOnRequest() {
    script(
        "document.querySelectorAll('details.numbers').forEach(each => { each.open = true;"
            + " each.dispatchEvent(new Event('toggle')); })");
    assertThat(browser.findElement(By.cssSelector("details.numbers table")).getText())
        .startsWith("series steps loss\na 0 4");
    assertThat(browser.findElements(By.cssSelector("details.numbers table")).get(1).getText())
        .startsWith("series first second value\nenergy 0 ");
  }

  @Test
  void darkAndPrintHaveTheirColours() {
    String light = background();
    browser.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
    frame();
    assertThat(background()).isNotEqualTo(light);
    assertThat(script("return document.querySelector('.chart svg').outerHTML").toString())
        .contains("#56b4e9");
    script("window.dispatchEvent(new Event('beforeprint'))");
    assertThat(script("return document.querySelector('.chart svg').outerHTML").toString())
        .contains("#0072b2")
        .doesNotContain("#56b4e9");
  }

  @Test
  void aPhoneNeedsNoSidewaysScrolling() {
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", 400, "height", 800, "deviceScaleFactor", 1, "mobile", true));
    browser.get(address);
    assertThat((Long) script("return document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(400L);
    browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
  }
}
