package dev.colorstream.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** Makes the pictures of the page in docs/images anew, of the whole system with the shipped network and the samples. */
@EnabledIfSystemProperty(named = "docs.write", matches = "true")
final class PicturesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Path IMAGES = Repository.ROOT.resolve("docs/images");
    private static final float QUALITY = 0.85f;

    @TempDir
    Path folder;

    private ColorstreamScript script;
    private String page;
    private ChromeDriver browser;

    /** How the page is looked at. */
    private enum Look {
        DESKTOP_LIGHT(1280, 900, "light"),
        DESKTOP_DARK(1280, 900, "dark"),
        PHONE_LIGHT(390, 844, "light"),
        PHONE_DARK(390, 844, "dark");

        private final int width;
        private final int height;
        private final String scheme;

        Look(int width, int height, String scheme) {
            this.width = width;
            this.height = height;
            this.scheme = scheme;
        }

        private String fileName(String subject) {
            return "page-" + subject + "-" + (width > height ? "desktop" : "phone") + "-" + scheme + ".jpg";
        }
    }

    @BeforeEach
    void start() throws Exception {
        script = new ColorstreamScript(folder, Map.of());
        ColorstreamScript.Running local =
                script.start("local", Repository.SAMPLES, "--keep-running", "--out", folder.resolve("colorized"));
        await().atMost(PATIENCE)
                .until(() -> local.output().contains("Running until Ctrl-C")
                        || !local.process().isAlive());
        Matcher url = Pattern.compile("Drop photos on the page (http://\\S+)/").matcher(local.output());
        assertThat(url.find()).as(local.output()).isTrue();
        page = url.group(1);
        ChromeOptions options = new ChromeOptions();
        options.setBinary("/usr/bin/chromium");
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");
        options.addArguments("--hide-scrollbars", "--user-data-dir=" + folder.resolve("chromium"));
        browser = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(Path.of("/usr/bin/chromedriver").toFile())
                        .usingAnyFreePort()
                        .build(),
                options);
    }

    @AfterEach
    void end() {
        browser.quit();
        script.processes().forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void shouldShowEveryPartOfThePageByDayAndNightOnDeskAndPhone() throws Exception {
        browser.get(page);
        browser.findElement(By.id("files"))
                .sendKeys(Repository.samples().stream().map(Path::toString).collect(Collectors.joining("\n")));
        int photos = Repository.samples().size();
        await().atMost(PATIENCE).until(() -> count("#work-gallery .photo:not(.waiting)") == photos);
        take("gallery");

        browser.findElement(By.id("work-link")).click();
        await().atMost(PATIENCE).until(() -> count("#gallery .photo") == photos);
        take("job");

        browser.get(page + "/models");
        await().atMost(PATIENCE).until(() -> count("#stages .card") > 0 && count("#chart-rate canvas") > 0);
        take("models");

        browser.get(page + "/studies");
        browser.findElement(By.id("folder")).sendKeys(album().toString());
        browser.findElement(By.cssSelector("#new button")).click();
        await().atMost(PATIENCE)
                .ignoreException(StaleElementReferenceException.class)
                .until(() -> {
                    List<WebElement> studies = browser.findElements(By.cssSelector("#studies a.button"));
                    studies.stream().findFirst().ifPresent(WebElement::click);
                    return !studies.isEmpty();
                });
        await().atMost(PATIENCE).until(() -> count("input[name=vision][value=normal]") == 1);
        browser.findElement(By.cssSelector("input[name=vision][value=normal]")).click();
        browser.findElement(By.cssSelector("#welcome button")).click();
        await().atMost(PATIENCE).until(() -> count("#choices button:enabled") == 2);
        take("study");
    }

    private int count(String css) {
        return browser.findElements(By.cssSelector(css)).size();
    }

    /** Takes what is shown in every look, once all its photos are loaded. */
    private void take(String subject) throws Exception {
        for (Look look : Look.values()) {
            browser.executeCdpCommand(
                    "Emulation.setDeviceMetricsOverride",
                    Map.of("width", look.width, "height", look.height, "deviceScaleFactor", 1, "mobile", false));
            browser.executeCdpCommand(
                    "Emulation.setEmulatedMedia",
                    Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", look.scheme))));
            await().atMost(PATIENCE)
                    .until(() -> Boolean.TRUE.equals(browser.executeScript(
                            "return [...document.images].every(i => i.getBoundingClientRect().top > innerHeight"
                                    + " || i.complete && i.naturalWidth)")));
            browser.executeAsyncScript(
                    "const done = arguments[0]; requestAnimationFrame(() => setTimeout(done, 1000))");
            write(browser.getScreenshotAs(OutputType.BYTES), IMAGES.resolve(look.fileName(subject)));
        }
    }

    private static void write(byte[] png, Path file) throws Exception {
        BufferedImage shown = ImageIO.read(new ByteArrayInputStream(png));
        BufferedImage opaque = new BufferedImage(shown.getWidth(), shown.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = opaque.createGraphics();
        pen.drawImage(shown, 0, 0, null);
        pen.dispose();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam quality = writer.getDefaultWriteParam();
        quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        quality.setCompressionQuality(QUALITY);
        Files.deleteIfExists(file);
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(opaque, null, null), quality);
        } finally {
            writer.dispose();
        }
    }

    /** The left, the middle and the right half of each sample: a study needs more photos than there are. */
    private Path album() throws Exception {
        Path album = Files.createDirectory(folder.resolve("album"));
        for (Path sample : Repository.samples()) {
            BufferedImage whole = Photo.read(sample).pixels();
            int quarter = whole.getWidth() / 4;
            for (int part = 0; part < 3; part++) {
                BufferedImage half = whole.getSubimage(part * quarter, 0, 2 * quarter, whole.getHeight());
                ImageIO.write(
                        half,
                        "jpg",
                        album.resolve(part + "-" + sample.getFileName()).toFile());
            }
        }
        return album;
    }
}
