package dev.colorstream.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.colorstream.contract.model.Channel;
import dev.colorstream.dashboard.Dashboard.Surroundings;
import dev.colorstream.dashboard.page.Binding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The page as people use it, in Chromium; skipped where there is none. */
class PageInBrowserTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TOKEN = "0123456789abcdef-token";

    @TempDir
    static Path directory = Path.of("");

    private static @Nullable Installation installation;
    private static @Nullable Dashboard dashboard;
    private static @Nullable ChromeDriver started;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(
                Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
                "browser tests are skipped: there is no /usr/bin/chromium with /usr/bin/chromedriver");
        Installation servers = new Installation(directory);
        installation = servers;
        Dashboard opened = new Dashboard(
                new Surroundings(
                        Map.of("bootstrap.servers", servers.bootstrap()),
                        servers.connection(),
                        directory.resolve("state"),
                        Duration.ofDays(30),
                        new Binding("127.0.0.1", 0, Optional.of(TOKEN), Optional.empty(), false)),
                Clock.systemUTC());
        dashboard = opened;
        await().atMost(PATIENCE).until(opened::isReady);
        started = chromium();
    }

    private static ChromeDriver chromium() {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toString());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");
        options.addArguments("--user-data-dir=" + directory.resolve("chromium"), "--window-size=1280,900");
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .build();
        return new ChromeDriver(service, options);
    }

    @AfterAll
    static void end() throws Exception {
        if (started != null) {
            started.quit();
        }
        if (dashboard != null) {
            dashboard.close();
        }
        if (installation != null) {
            installation.close();
        }
    }

    @AfterEach
    void shouldLeaveNoErrorInTheConsole() {
        assertThat(browser().manage().logs().get(LogType.BROWSER).getAll())
                .filteredOn(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                .filteredOn(entry -> !entry.getMessage().contains("/login"))
                .isEmpty();
    }

    @Test
    void shouldRefuseAWrongToken() {
        browser().manage().deleteAllCookies();
        open("/");
        assertThat(browser().getCurrentUrl()).endsWith("/login");

        browser().findElement(By.id("token")).sendKeys("not the token at all" + Keys.ENTER);

        await().atMost(PATIENCE).until(() -> text(".wrong").contains("not the token"));
    }

    @Test
    void shouldShowADroppedPhotoInColorBehindASlider() throws Exception {
        signIn();
        open("/");
        Path photo = Files.write(directory.resolve("harbor.png"), Installation.grayPhoto());

        browser().findElement(By.id("files")).sendKeys(photo.toString());

        WebElement slider = element("#work-gallery .photo:not(.waiting) input[type=range]");
        assertThat(text("#work-gallery .photo:not(.waiting) .title")).isEqualTo("harbor.png");
        assertThat(text("#work-gallery .photo:not(.waiting) .facts")).contains("320 × 240", "blue-1");
        await().atMost(PATIENCE)
                .until(
                        () -> Boolean.TRUE.equals(
                                browser()
                                        .executeScript(
                                                "return [...document.querySelectorAll('#work-gallery img')].every(i => i.complete && i.naturalWidth)")));

        slider.sendKeys(Keys.HOME);

        assertThat(browser().executeScript("return arguments[0].parentElement.style.getPropertyValue('--at')", slider))
                .isEqualTo("0%");
    }

    @Test
    void shouldTakeMoreDropsThanTheBrowserHasConnections() throws Exception {
        signIn();
        open("/");
        for (int drop = 0; drop < 7; drop++) {
            Path photo = Files.write(directory.resolve("drop-" + drop + ".png"), Installation.grayPhoto());

            browser().findElement(By.id("files")).sendKeys(photo.toString());

            await().atMost(PATIENCE)
                    .until(() -> text("#work-gallery .photo:not(.waiting) .title")
                            .equals(photo.getFileName().toString()));
            await().atMost(PATIENCE).until(() -> text("#work-progress strong").equals("Done"));
        }
    }

    @Test
    void shouldLeaveTheJobOpenWhereItIsNotKnownWhatArrived() throws Exception {
        signIn();
        open("/");
        browser().executeScript("""
                        window.asked = [];
                        const real = window.fetch;
                        window.fetch = (path, options) => {
                          window.asked.push(path);
                          return path.startsWith('/api/upload')
                            ? Promise.resolve(new Response('<h1>Gateway Time-out</h1>', { status: 504 }))
                            : real(path, options);
                        };""");
        Path photo = Files.write(directory.resolve("late.png"), Installation.grayPhoto());

        browser().findElement(By.id("files")).sendKeys(photo.toString());

        await().atMost(PATIENCE).until(() -> text("#work-refused .why").contains("answered 504"));
        assertThat(text("#work-refused .why")).contains("the job stays open");
        assertThat(browser().executeScript("return window.asked.filter(path => path.endsWith('/seal')).length"))
                .isEqualTo(0L);
    }

    @Test
    void shouldShowWhyAPhotoFailedAsPlainText() throws Exception {
        signIn();
        open("/");
        Path notes = Files.writeString(directory.resolve("notes<img src=x>.png"), "no photo");

        browser().findElement(By.id("files")).sendKeys(notes.toString());

        element("#work-refused .why");
        assertThat(text("#work-refused .why")).contains("not-a-photo", "send a <b>photo</b>");
        assertThat(text("#work-refused strong")).isEqualTo("notes<img src=x>.png");
        await().atMost(PATIENCE).until(() -> text("#work-progress .counts").contains("1 failed"));
    }

    @Test
    void shouldListJobsAndShowTheModelsFigures() throws Exception {
        signIn();
        open("/");
        Path photo = Files.write(directory.resolve("bridge.png"), Installation.grayPhoto());
        browser().findElement(By.id("files")).sendKeys(photo.toString());
        element("#work-gallery .photo:not(.waiting)");

        open("/jobs");
        clickWhenThere("#jobs a");
        element("#gallery .photo, #failed li");

        open("/models");
        await().atMost(PATIENCE).until(() -> text("#versions tbody th").equals("blue-1"));
        await().atMost(PATIENCE)
                .until(() -> Boolean.TRUE.equals(browser()
                        .executeScript("return document.querySelector('#chart-rate canvas')?.offsetWidth > 0")));
    }

    @Test
    void shouldColorTheSamePhotoWithSeveralVersionsSideBySide() throws Exception {
        Installation servers = Objects.requireNonNull(installation);
        servers.announce(Channel.STABLE, "red-1");
        servers.announce(Channel.CANARY, "green-2");
        signIn();
        await().atMost(PATIENCE).untilAsserted(() -> {
            open("/models");
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> text("#same-versions").contains("red-1"));
            assertThat(text("#same-versions")).contains("green-2");
        });
        Path photo = Files.write(directory.resolve("tower.png"), Installation.grayPhoto());

        browser().findElement(By.id("same-photos")).sendKeys(photo.toString());
        for (String version : List.of("red-1", "green-2")) {
            WebElement box = browser().findElement(By.cssSelector("#same-versions input[value=" + version + "]"));
            if (!box.isSelected()) {
                box.click();
            }
        }
        browser().findElement(By.cssSelector("#same button")).click();

        element("#same-rows .photo:not(.waiting)");
        await().atMost(PATIENCE)
                .until(() -> browser()
                        .findElements(By.cssSelector("#same-rows .waiting"))
                        .isEmpty());
        assertThat(text("#same-rows")).contains("tower.png", "red-1", "green-2");
    }

    @Test
    void shouldAskTwentyTimesAndShowTheResult() {
        Objects.requireNonNull(installation).album("browser-album/", 20);
        signIn();
        open("/studies");
        browser().findElement(By.cssSelector("input[name=from][value=prefix]")).click();
        browser().findElement(By.id("prefix")).sendKeys("browser-album/" + Keys.ENTER);
        clickWhenThere("#studies a.button");

        element("input[name=vision][value=normal]").click();
        element("#welcome button").click();
        for (int trial = 0; trial < 20; trial++) {
            String turn = "[aria-valuenow='" + trial + "'] ~ #choices button:enabled";
            element(turn);
            new Actions(browser()).sendKeys(trial % 2 == 0 ? "1" : "2").perform();
        }
        await().atMost(PATIENCE).until(() -> element("#thanks").isDisplayed());

        open("/studies");
        clickWhenThere("#studies a:not(.button)");
        await().atMost(PATIENCE).until(() -> text("#results section .hint").contains("n = 1 participant"));
        assertThat(text("#results .share .hint")).contains("of 10");
    }

    @Test
    void shouldFitAPhone() {
        signIn();
        browser()
                .executeCdpCommand(
                        "Emulation.setDeviceMetricsOverride",
                        Map.of("width", 360, "height", 740, "deviceScaleFactor", 1, "mobile", true));
        try {
            for (String path : List.of("/", "/jobs", "/models", "/studies")) {
                open(path);
                assertThat(browser().executeScript("return document.documentElement.scrollWidth"))
                        .as(path)
                        .isEqualTo(360L);
            }
        } finally {
            browser().executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        }
    }

    private static void signIn() {
        open("/login");
        browser().findElement(By.id("token")).sendKeys(TOKEN + Keys.ENTER);
        await().atMost(PATIENCE)
                .until(() -> !browser().findElements(By.id("drop")).isEmpty());
    }

    private static void open(String path) {
        browser().get("http://127.0.0.1:" + Objects.requireNonNull(dashboard).port() + path);
    }

    /** Lists are drawn anew while they are looked at. */
    private static void clickWhenThere(String css) {
        await().atMost(PATIENCE)
                .ignoreException(StaleElementReferenceException.class)
                .until(() -> {
                    element(css).click();
                    return true;
                });
    }

    private static WebElement element(String css) {
        await().atMost(PATIENCE)
                .until(() -> !browser().findElements(By.cssSelector(css)).isEmpty());
        return browser().findElement(By.cssSelector(css));
    }

    /** The text of the first such element, none where there is none; in one step, since the page replaces elements as it likes. */
    private static String text(String css) {
        return String.valueOf(
                browser().executeScript("return document.querySelector(arguments[0])?.innerText.trim() ?? ''", css));
    }

    private static ChromeDriver browser() {
        return Objects.requireNonNull(started);
    }
}
