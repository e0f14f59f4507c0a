/** Colorstream for Java programs: upload, await, jobs and dead letters as the command line has them. */
@NullMarked
package dev.colorstream.producertools.client;

import org.jspecify.annotations.NullMarked;
