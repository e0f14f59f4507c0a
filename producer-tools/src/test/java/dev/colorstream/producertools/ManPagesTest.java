package dev.colorstream.producertools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/** Writes the sources of the man pages, which {@code mvn -Pman package} turns into pages. */
class ManPagesTest {
    private static final Path SOURCES = Path.of("target/man-sources");

    @Test
    void shouldTellEveryCommandWithItsOptions() throws IOException {
        // given
        Map<String, CommandSpec> commands = commands(
                        ColorstreamCli.commandLine().getCommandSpec())
                .collect(Collectors.toMap(ManPagesTest::page, Function.identity()));

        // when
        Files.createDirectories(SOURCES);
        ManPageGenerator.generateManPage(SOURCES.toFile(), null, new boolean[0], false, commands.get("colorstream"));

        // then
        assertThat(commands)
                .hasSizeGreaterThan(10)
                .allSatisfy((page, command) -> assertThat(source(page))
                        .contains("doctype: manpage")
                        .contains(command.options().stream()
                                .filter(option -> !option.hidden())
                                .map(option -> "*" + option.longestName() + "*")
                                .toList()));
    }

    private static Stream<CommandSpec> commands(CommandSpec command) {
        return Stream.concat(
                Stream.of(command),
                command.subcommands().values().stream().flatMap(subcommand -> commands(subcommand.getCommandSpec())));
    }

    private static String page(CommandSpec command) {
        return command.qualifiedName("-");
    }

    private static String source(String page) {
        try {
            return Files.readString(SOURCES.resolve(page + ".adoc"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
