/** The worker service: layers the stages of the pipeline onto each other and starts them. */
@NullMarked
package dev.colorstream.worker;

import org.jspecify.annotations.NullMarked;
