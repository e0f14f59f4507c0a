/** What the worker tells of itself over HTTP. */
@NullMarked
package dev.colorstream.worker.status;

import org.jspecify.annotations.NullMarked;
