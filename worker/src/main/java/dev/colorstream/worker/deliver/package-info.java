/** Last stage: stores the color photo, tells the result, and only then ends the request. */
@NullMarked
package dev.colorstream.worker.deliver;

import org.jspecify.annotations.NullMarked;
