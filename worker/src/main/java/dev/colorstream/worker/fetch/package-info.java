/** Second stage: brings the bytes of the gray photo, or finds that it is colored already. */
@NullMarked
package dev.colorstream.worker.fetch;

import org.jspecify.annotations.NullMarked;
