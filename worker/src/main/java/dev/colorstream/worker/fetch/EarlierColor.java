package dev.colorstream.worker.fetch;

import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.result.ColorObject;
import dev.colorstream.worker.consumer.Assignment;

/**
 * A color photo that an earlier delivery of the same request has stored.
 *
 * @param object as its result shall tell it
 * @param version the network that colored it
 */
public record EarlierColor(Assignment assignment, ColorObject object, ModelVersionId version) {}
