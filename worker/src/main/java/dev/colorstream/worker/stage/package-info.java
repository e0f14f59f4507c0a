/** What every stage is built of: its threads, its queue, its share of the memory and the clock of its work. */
@NullMarked
package dev.colorstream.worker.stage;

import org.jspecify.annotations.NullMarked;
