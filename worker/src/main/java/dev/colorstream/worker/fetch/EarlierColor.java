package dev.colorstream.worker.fetch;

import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.result.ColorObject;
import dev.colorstream.contract.result.SourceTraits;
import dev.colorstream.worker.consumer.Assignment;
import java.util.Optional;

/**
 * A color photo that an earlier delivery of the same request has stored.
 *
 * @param object as its result shall tell it
 * @param version the network that colored it
 * @param traits of the gray photo's file, if they were stored
 */
public record EarlierColor(
        Assignment assignment, ColorObject object, ModelVersionId version, Optional<SourceTraits> traits) {}
