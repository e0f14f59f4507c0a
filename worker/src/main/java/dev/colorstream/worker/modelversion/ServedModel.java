package dev.colorstream.worker.modelversion;

import dev.colorstream.colorizer.Colorizer;
import dev.colorstream.colorizer.Palette;
import dev.colorstream.contract.ModelVersionId;

/**
 * A model version that colors photos.
 *
 * @param palette that suits it, for requests that say nothing of it
 * @param colorizer closed by the version's own life, not by those who lease it
 */
public record ServedModel(ModelVersionId version, Palette palette, Colorizer colorizer) {}
