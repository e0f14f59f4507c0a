package dev.colorstream.worker.modelversion;

import dev.colorstream.colorizer.Palette;
import dev.colorstream.colorizer.network.NetworkFileException;
import dev.colorstream.colorizer.network.UnsupportedCpuException;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.model.ModelManifest;
import dev.colorstream.contract.model.RefusalReason;
import dev.colorstream.storage.modelregistry.LookupOutcome;
import dev.colorstream.storage.modelregistry.LookupOutcome.Damaged;
import dev.colorstream.storage.modelregistry.LookupOutcome.Found;
import dev.colorstream.storage.modelregistry.LookupOutcome.Newer;
import dev.colorstream.storage.modelregistry.LookupOutcome.Unknown;
import dev.colorstream.storage.modelregistry.ModelVersionFolder;

/** A version whose files are fetched and opened. */
record Loading(ModelVersionId version) implements VersionState {
    @Override
    public String stateName() {
        return "loading";
    }

    /**
     * Opens as many engines on it as passes shall run at once.
     *
     * @param found the version's files, or why there are none
     */
    OpenOutcome open(LookupOutcome<ModelVersionFolder> found, EngineChoice engines, int lanes) {
        if (found instanceof Found<ModelVersionFolder> folder) {
            return open(folder.value(), engines, lanes);
        } else if (found instanceof Unknown<ModelVersionFolder> unknown) {
            return new Refused(version, RefusalReason.UNKNOWN_VERSION, unknown.reason());
        } else if (found instanceof Damaged<ModelVersionFolder> damaged) {
            return new Refused(version, RefusalReason.DAMAGED, damaged.reason());
        }
        return new Refused(version, RefusalReason.NEWER_MANIFEST, ((Newer<ModelVersionFolder>) found).reason());
    }

    private OpenOutcome open(ModelVersionFolder folder, EngineChoice choice, int lanes) {
        try {
            EngineChoice.Outcome outcome = choice.open(folder, lanes);
            return outcome instanceof EngineChoice.Engines opened
                    ? new WarmingUp(version, palette(folder.manifest()), opened.lanes())
                    : refused((EngineChoice.Unfit) outcome);
        } catch (NetworkFileException e) {
            RefusalReason reason = switch (e.fault()) {
                case UNREADABLE -> RefusalReason.DAMAGED;
                case WRONG_PREDICTION -> RefusalReason.WRONG_BINS;
                case NOT_FINITE -> RefusalReason.NOT_FINITE;
            };
            return new Refused(version, reason, String.valueOf(e.getMessage()));
        } catch (UnsupportedCpuException e) {
            return new Refused(version, RefusalReason.OTHER, String.valueOf(e.getMessage()));
        } catch (RuntimeException | OutOfMemoryError | LinkageError e) {
            return new Refused(version, RefusalReason.WARM_UP_FAILED, "it could not be opened: " + e);
        }
    }

    private Refused refused(EngineChoice.Unfit unfit) {
        return new Refused(version, unfit.reason(), unfit.detail());
    }

    private static Palette palette(ModelManifest manifest) {
        double temperature = manifest.temperature().orElse(Palette.DEFAULT.temperature());
        return new Palette(temperature, Palette.DEFAULT.saturation());
    }
}
