package dev.colorstream.storage.modelregistry;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.model.MalformedManifestException;
import dev.colorstream.contract.model.ManifestJson;
import dev.colorstream.contract.model.ModelManifest;
import dev.colorstream.contract.model.NewerManifestException;
import dev.colorstream.storage.modelregistry.LookupOutcome.Damaged;
import dev.colorstream.storage.modelregistry.LookupOutcome.Found;
import dev.colorstream.storage.modelregistry.LookupOutcome.Newer;
import dev.colorstream.storage.modelregistry.LookupOutcome.Unknown;
import dev.colorstream.storage.modelregistry.LookupOutcome.Unusable;
import dev.colorstream.storage.modelregistry.PublishOutcome.AlreadyPublished;
import dev.colorstream.storage.modelregistry.PublishOutcome.Published;
import dev.colorstream.storage.modelregistry.PublishOutcome.Refused;
import dev.colorstream.storage.objectstore.FetchOutcome;
import dev.colorstream.storage.objectstore.ObjectContent;
import dev.colorstream.storage.objectstore.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The model versions in an object store, a folder {@code models/<version>/} each. A version exists from the moment its
 * manifest does, which is written last and deleted first. Safe from several threads; the store stays the caller's.
 *
 * <p>Every method throws {@link dev.colorstream.storage.objectstore.StoreUnavailableException} where the store does not
 * answer, and {@link UncheckedIOException} where the local disk fails.
 */
public final class ModelRegistry {
    private static final String PREFIX = "models/";
    private static final long LARGEST_MANIFEST = 1 << 20;
    private static final String ANY_TYPE = "application/octet-stream";

    private final ObjectStore store;
    private final String bucket;

    /** @param bucket made by the first publication where it does not exist */
    public ModelRegistry(ObjectStore store, String bucket) {
        this.store = store;
        this.bucket = bucket;
    }

    /**
     * Stores a version: its files, then, when each was read back with its hash, its manifest. A publication that broke off
     * is finished by doing it again.
     */
    public PublishOutcome publish(ModelVersionFolder version) {
        ModelManifest manifest = version.manifest();
        store.ensureBucket(bucket);
        if (isTaken(manifest)) {
            return taken(manifest.version());
        }
        for (String file : filesToStore(version)) {
            // Looked at again each time: another trainer may have published meanwhile.
            if (isTaken(manifest)) {
                return taken(manifest.version());
            }
            store(version, file);
        }
        List<String> others = filesToStore(version);
        if (!others.isEmpty()) {
            return new Refused(address(manifest.version(), others.get(0))
                    + " is not what was stored there just now: does another trainer write it? Publish again");
        }
        PublishOutcome outcome = seal(version);
        if (outcome instanceof Published) {
            // Who looked before the manifest was there may have written since; from now on nobody does.
            filesToStore(version).forEach(file -> store(version, file));
        }
        return outcome;
    }

    /** The files that are not in the store as they are in the version. */
    private List<String> filesToStore(ModelVersionFolder version) {
        ModelManifest manifest = version.manifest();
        return new TreeMap<>(manifest.files())
                .entrySet().stream()
                        .filter(file -> !isStored(address(manifest.version(), file.getKey()), file.getValue()))
                        .map(Map.Entry::getKey)
                        .toList();
    }

    private void store(ModelVersionFolder version, String file) {
        ObjectAddress address = address(version.manifest().version(), file);
        store.put(address, ObjectContent.of(version.file(file)), ANY_TYPE, Map.of());
    }

    private PublishOutcome seal(ModelVersionFolder version) {
        ModelManifest manifest = version.manifest();
        if (isTaken(manifest)) {
            return taken(manifest.version());
        }
        if (manifest(manifest.version()) instanceof Found<?>) {
            return new AlreadyPublished(manifest.version());
        }
        store.put(
                address(manifest.version(), ModelManifest.FILE_NAME),
                ObjectContent.of(version.folder().resolve(ModelManifest.FILE_NAME)),
                "application/json",
                Map.of());
        return new Published(manifest.version());
    }

    /** Whether the registry has something else under the version's id that somebody can serve. */
    private boolean isTaken(ModelManifest manifest) {
        LookupOutcome<ModelManifest> registered = manifest(manifest.version());
        return registered instanceof Newer<?>
                || (registered instanceof Found<ModelManifest> found
                        && !found.value().equals(manifest));
    }

    private static Refused taken(ModelVersionId version) {
        return new Refused("the registry holds another version " + version
                + ", and versions never change: fetch that one, or train a new one");
    }

    /** What the version's manifest tells; its files are not looked at. */
    public LookupOutcome<ModelManifest> manifest(ModelVersionId version) {
        ObjectAddress address = address(version, ModelManifest.FILE_NAME);
        FetchOutcome fetched = store.fetch(address, LARGEST_MANIFEST);
        if (fetched instanceof FetchOutcome.Missing) {
            return new Unknown<>("the registry has no version " + version + ": \"list\" tells which it has");
        }
        if (!(fetched instanceof FetchOutcome.Found found)) {
            return new Damaged<>(address + " is too large for a manifest: publish the version again");
        }
        try {
            ModelManifest manifest = ManifestJson.read(found.bytes());
            return manifest.version().equals(version)
                    ? new Found<>(manifest)
                    : new Damaged<>(address + " is the manifest of " + manifest.version()
                            + ": it was copied here; publish the version under its own id");
        } catch (MalformedManifestException e) {
            return new Damaged<>(address + ": " + e.getMessage());
        } catch (NewerManifestException e) {
            return new Newer<>(address + ": " + e.getMessage());
        }
    }

    /** All versions, judged by their manifests and by which objects are there; contents are not looked at. */
    public RegisteredVersions list() {
        Map<String, Set<String>> folders = store.list(bucket, PREFIX)
                .map(object -> object.address().key().substring(PREFIX.length()).split("/", 2))
                .filter(parts -> parts.length == 2)
                .collect(groupingBy(parts -> parts[0], TreeMap::new, mapping(parts -> parts[1], toSet())));
        List<ModelManifest> whole = new ArrayList<>();
        Map<ModelVersionId, String> unusable = new TreeMap<>(Comparator.comparing(ModelVersionId::value));
        folders.forEach((folder, files) -> {
            if (files.contains(ModelManifest.FILE_NAME) && ModelVersionId.isOne(folder)) {
                ModelVersionId version = new ModelVersionId(folder);
                LookupOutcome<ModelManifest> outcome = ofWhole(manifest(version), files);
                if (outcome instanceof Found<ModelManifest> found) {
                    whole.add(found.value());
                } else if (outcome instanceof Unusable<ModelManifest> why && !(outcome instanceof Unknown<?>)) {
                    // An unknown one was deleted since the objects were listed.
                    unusable.put(version, why.reason());
                }
            }
        });
        whole.sort(Comparator.comparing(ModelManifest::createdAt)
                .thenComparing(manifest -> manifest.version().value()));
        return new RegisteredVersions(whole, unusable);
    }

    private LookupOutcome<ModelManifest> ofWhole(LookupOutcome<ModelManifest> outcome, Set<String> files) {
        if (outcome instanceof Found<ModelManifest> found) {
            Set<String> missing = new TreeSet<>(found.value().files().keySet());
            missing.removeAll(files);
            if (!missing.isEmpty()) {
                return missing(found.value().version(), missing.iterator().next());
            }
        }
        return outcome;
    }

    /**
     * Brings a version into {@code <cache>/<version>}, every file checked against its hash; at once where it is there
     * already. Several processes may share a cache: they wait for each other.
     */
    public LookupOutcome<ModelVersionFolder> fetch(ModelVersionId version, Path cache) {
        try (VersionCache opened = VersionCache.open(cache)) {
            Optional<ModelVersionFolder> cached = opened.find(version);
            if (cached.isPresent()) {
                return new Found<>(cached.orElseThrow());
            }
            LookupOutcome<ModelManifest> known = manifest(version);
            if (known instanceof Found<ModelManifest> manifest) {
                return download(manifest.value(), opened);
            }
            return known instanceof Damaged<ModelManifest> damaged
                    ? new Damaged<>(damaged.reason())
                    : known instanceof Newer<ModelManifest> newer
                            ? new Newer<>(newer.reason())
                            : new Unknown<>(((Unknown<ModelManifest>) known).reason());
        }
    }

    private LookupOutcome<ModelVersionFolder> download(ModelManifest manifest, VersionCache cache) {
        ModelVersionWriter writer = cache.begin();
        for (Map.Entry<String, String> file : new TreeMap<>(manifest.files()).entrySet()) {
            ObjectAddress address = address(manifest.version(), file.getKey());
            if (store.stat(address).isEmpty()) {
                return missing(manifest.version(), file.getKey());
            }
            String sha256 = writer.write(file.getKey(), path -> store.download(address, path));
            if (!sha256.equals(file.getValue())) {
                return new Damaged<>(
                        address + " is not the file of the manifest, its SHA-256 differs: publish the version again");
            }
        }
        writer.seal(files -> manifest);
        return new Found<>(cache.finish(manifest.version()));
    }

    private <T> LookupOutcome<T> missing(ModelVersionId version, String file) {
        return new Damaged<>(address(version, file) + " is missing, the manifest names it: publish the version again");
    }

    /** Deletes a version: its manifest first, so that nobody fetches half of it. None there is well, too. */
    public void delete(ModelVersionId version) {
        store.delete(address(version, ModelManifest.FILE_NAME));
        List<ObjectAddress> rest = store.list(bucket, PREFIX + version + "/")
                .map(object -> object.address())
                .toList();
        rest.forEach(store::delete);
    }

    /**
     * Deletes the oldest of the whole versions.
     *
     * @param keep how many of the newest stay
     * @param named versions that stay whatever their age, as channels name them
     * @return the versions that were deleted, the oldest first
     */
    public List<ModelVersionId> prune(int keep, Set<ModelVersionId> named) {
        List<ModelManifest> whole = list().whole();
        List<ModelVersionId> old = whole.subList(0, Math.max(0, whole.size() - keep)).stream()
                .map(ModelManifest::version)
                .filter(version -> !named.contains(version))
                .toList();
        old.forEach(this::delete);
        return old;
    }

    private boolean isStored(ObjectAddress address, String sha256) {
        try {
            Path copy = Files.createTempFile("colorstream-", ".object");
            try {
                return store.download(address, copy)
                        && ModelVersionFolder.sha256(copy).equals(sha256);
            } finally {
                Files.delete(copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + address + " back into a temporary file", e);
        }
    }

    private ObjectAddress address(ModelVersionId version, String file) {
        return new ObjectAddress(bucket, PREFIX + version + "/" + file);
    }
}
