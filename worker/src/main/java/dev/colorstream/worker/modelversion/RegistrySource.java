package dev.colorstream.worker.modelversion;

import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.storage.modelregistry.LookupOutcome;
import dev.colorstream.storage.modelregistry.ModelRegistry;
import dev.colorstream.storage.modelregistry.ModelVersionFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The versions of the registry, fetched into a temporary folder of this worker's own for as long as they are opened. */
public final class RegistrySource implements VersionSource {
    private static final Logger LOG = LoggerFactory.getLogger(RegistrySource.class);

    private final ModelRegistry registry;
    private final Path folder;

    /** @throws UncheckedIOException where there is no place for temporary files */
    public RegistrySource(ModelRegistry registry) {
        this.registry = registry;
        try {
            folder = Files.createTempDirectory("colorstream-models-");
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot make a temporary folder for model versions in " + System.getProperty("java.io.tmpdir"), e);
        }
    }

    @Override
    public LookupOutcome<ModelVersionFolder> find(ModelVersionId version) {
        return registry.fetch(version, folder);
    }

    @Override
    public void forget(ModelVersionId version) {
        delete(folder.resolve(version.value()));
    }

    @Override
    public void close() {
        delete(folder);
    }

    private static void delete(Path path) {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path one : deepestFirst) {
                Files.deleteIfExists(one);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("{} could not be deleted: {}", path, e.toString());
        }
    }
}
