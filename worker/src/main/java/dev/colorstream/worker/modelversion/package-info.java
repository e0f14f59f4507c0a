/** The life of model versions in a worker: loaded, warmed up, leased to photos, drained and closed. */
@NullMarked
package dev.colorstream.worker.modelversion;

import org.jspecify.annotations.NullMarked;
