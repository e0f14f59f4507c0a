/** Tests of what stages have in common. */
@NullMarked
package dev.colorstream.worker.stage;

import org.jspecify.annotations.NullMarked;
